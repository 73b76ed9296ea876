// The few drawings of the panel. They say nothing: the buttons they are in have names.
const drawn = (path: string) => () => (
  <svg viewBox="0 0 20 20" aria-hidden="true">
    <path d={path} />
  </svg>
)

export const Cross = drawn('M4 4l12 12M16 4L4 16')
export const Tick = drawn('M4 10.5l4.5 4.5L16.5 6')
