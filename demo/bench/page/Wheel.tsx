// The OKLCH wheel: hue around, chroma outwards, at one lightness. The browser paints it, so turning it costs nothing; keys have the
// sliders below it.
import { useRef } from 'preact/hooks'
import type { Oklch } from '../theme/colour.ts'

/** The chroma at the rim: about the most that sRGB has of any hue. */
const RIM = 0.32

export function Wheel({ dye, onTurn }: { dye: Oklch; onTurn: (chroma: number, hue: number) => void }) {
  const disc = useRef<HTMLDivElement>(null)
  const turn = ({ clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = disc.current!.getBoundingClientRect()
    const [x, y] = [(clientX - left) / width - 0.5, (clientY - top) / height - 0.5]
    const reach = Math.min(1, Math.hypot(x, y) * 2)
    onTurn(reach * RIM, (Math.atan2(x, -y) * 180) / Math.PI + (x < 0 ? 360 : 0))
  }
  const angle = (dye.h * Math.PI) / 180
  const reach = Math.min(1, dye.c / RIM) / 2
  return (
    <div
      ref={disc}
      class="wheel"
      aria-hidden="true"
      style={{ '--l': Math.min(0.92, Math.max(0.3, dye.l)) }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        turn(event)
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && turn(event)}
    >
      <b style={{ left: `${50 + Math.sin(angle) * reach * 100}%`, top: `${50 - Math.cos(angle) * reach * 100}%` }} />
    </div>
  )
}
