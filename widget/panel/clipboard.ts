// Copies text, also where the clipboard API is missing or forbidden (pages without TLS, frames).

/** Whether it is on the clipboard now. */
export async function clip(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return clipByCommand(text)
  }
}

// The older way answers with a `copy` event, in which the text can be given without selecting anything.
function clipByCommand(text: string): boolean {
  let isDone = false
  const give = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    isDone = true
  }
  // Heard by the window, since a page may have named a form like what the document does.
  addEventListener('copy', give, { capture: true, once: true })
  try {
    return Document.prototype.execCommand.call(document, 'copy') && isDone
  } catch {
    return false
  } finally {
    removeEventListener('copy', give, true)
  }
}
