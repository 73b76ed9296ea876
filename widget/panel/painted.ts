// When what has been drawn is on the screen.

/** A page may have put another in its place. */
const Native = (async () => {})().constructor as PromiseConstructor

/** The next frame is; in a page that nobody sees there is none, and nothing to wait for. */
export const painted = () =>
  new Native<void>((done) => {
    requestAnimationFrame(() => setTimeout(done))
    setTimeout(done, 100)
  })
