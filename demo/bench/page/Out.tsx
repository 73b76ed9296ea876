// What a designer takes away: the tag, its attribute, a stylesheet, a file of design tokens.
import { useRef, useState } from 'preact/hooks'
import { designTokens } from '../formats/dtcg.ts'
import { stylesheet } from '../formats/stylesheet.ts'
import { attribute, tag } from '../formats/tag.ts'
import type { Theme } from '../theme/tokens.ts'
import { Choice } from './controls.tsx'
import { calm, copy, shortfalls, text } from './model.ts'
import { resumeTag, retainTag } from './session.ts'

const files = { css: 'muse-theme.css', tokens: 'muse.tokens.json', tag: 'muse-tag.html', attribute: 'muse-attribute.txt' }
type Format = keyof typeof files
type TagSettings = Required<Parameters<typeof tag>[1]>
/** A bench that a Muse server serves knows its address. */
const home = /^\/bench\//.test(location.pathname) ? location.origin : 'https://points.example'

/** As they were left, since nobody types an address twice. */
const settingsOf = (): TagSettings => ({ server: home, shop: 'your-shop', scheme: 'auto', position: 'bottom-left', ...resumeTag() })

export function Out() {
  const [format, setFormat] = useState<Format>('tag')
  const [settings, setSettings] = useState<TagSettings>(settingsOf)
  const put = (part: Partial<TagSettings>) => {
    setSettings({ ...settings, ...part })
    retainTag({ ...settings, ...part })
  }
  const result = written(format, calm.value, settings)
  const area = useRef<HTMLTextAreaElement>(null)
  // Where the browser does not copy, the hand can: it stands there chosen.
  const take = async () => {
    if (!(await copy(result, text.out.copied))) area.current?.focus()
  }
  return (
    <section class="out">
      <h2 id="out">{text.out.title}</h2>
      <Choice
        legend={text.out.title}
        name="format"
        options={text.out.formats}
        value={format}
        onChange={(next) => setFormat(next as Format)}
      />
      {format === 'tag' && <Settings settings={settings} put={put} />}
      {shortfalls.value.length > 0 && <p class="warning">{text.out.warns}</p>}
      <textarea
        ref={area}
        readOnly
        rows={7}
        spellcheck={false}
        aria-labelledby="out"
        value={result}
        onFocus={({ currentTarget }) => {
          currentTarget.select()
          // Its end is what a selection brings into sight, be its beginning under the previews.
          currentTarget.scrollIntoView({ block: 'nearest' })
        }}
      />
      <div class="row">
        <button type="button" class="go" onClick={take}>
          {text.out.copy}
        </button>
        <a class="button" download={files[format]} href={`data:text/plain;charset=utf-8,${encodeURIComponent(result)}`}>
          {text.out.download}
        </a>
      </div>
    </section>
  )
}

interface SettingsProps {
  settings: TagSettings
  put: (part: Partial<TagSettings>) => void
}

const Settings = ({ settings, put }: SettingsProps) => (
  <div class="settings">
    <label class="field">
      <span>{text.out.server}</span>
      <input type="text" value={settings.server} spellcheck={false} onInput={({ currentTarget }) => put({ server: currentTarget.value })} />
    </label>
    <label class="field">
      <span>{text.out.shop}</span>
      <input type="text" value={settings.shop} spellcheck={false} onInput={({ currentTarget }) => put({ shop: currentTarget.value })} />
    </label>
    <Choice
      legend={text.out.scheme}
      name="out-scheme"
      options={{ auto: text.out.auto, light: text.stage.light, dark: text.stage.dark }}
      value={settings.scheme}
      onChange={(scheme) => put({ scheme })}
    />
    <Choice
      legend={text.out.position}
      name="out-position"
      options={{ 'bottom-left': text.out.left, 'bottom-right': text.out.right }}
      value={settings.position}
      onChange={(position) => put({ position })}
    />
  </div>
)

function written(format: Format, theme: Theme, settings: TagSettings): string {
  switch (format) {
    case 'css':
      return stylesheet(theme)
    case 'tokens':
      return designTokens(theme)
    case 'attribute':
      return attribute(theme)
    default:
      return tag(theme, settings)
  }
}
