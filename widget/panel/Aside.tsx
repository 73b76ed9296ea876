// Sends the launcher to the other side, in words: not every browser has a menu to press for, and not everybody can drag.
import type { Props } from './Panel.tsx'

export function Aside({ model: { stage, place, text } }: Props) {
  const box = place.box as HTMLDialogElement
  if (!stage.launcher.isConnected || !box.close) return null
  const move = async () => {
    await stage.more?.()
    // It may have been pressed twice.
    if (!stage.aside || !box.open) return
    stage.aside()
    // Where it went is seen, and has the focus, once the panel is out of the way.
    box.close()
  }
  return (
    <button type="button" class="faint wide" onClick={move}>
      {text.value.launcherAside}
    </button>
  )
}
