// What is typed into a field of ours is no shortcut of the page's, which knows its own fields only.

/** Keeps the keys of fields in the box from the page, from now on; but Escape, which closes. */
export function keepKeys(box: HTMLElement) {
  for (const type of ['keydown', 'keypress', 'keyup'] as const)
    box.addEventListener(type, (event) => {
      if (event.key !== 'Escape' && (event.target as Element).matches('input,select,textarea')) event.stopPropagation()
    })
}
