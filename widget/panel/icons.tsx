// The few drawings of the panel. They say nothing: the buttons they are in have names.
import type { ComponentChildren } from 'preact'

export const Cross = () => <Icon draw={<path d="M4 4l12 12M16 4L4 16" />} />
export const Tick = () => <Icon draw={<path d="M4 10.5l4.5 4.5L16.5 6" />} />

const Icon = ({ draw }: { draw: ComponentChildren }) => (
  <svg viewBox="0 0 20 20" aria-hidden="true">
    {draw}
  </svg>
)
