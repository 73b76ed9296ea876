// The bench's controls: one of several, a slider with its number.
interface ChoiceProps {
  legend: string
  name: string
  /** What it means → what it is called. */
  options: Record<string, string>
  value: string
  onChange: (value: string) => void
}

export function Choice({ legend, name, options, value, onChange }: ChoiceProps) {
  return (
    <fieldset class="choice">
      <legend>{legend}</legend>
      <div>
        {Object.entries(options).map(([option, label]) => (
          <label key={option}>
            <input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

interface SlideProps {
  label: string
  value: number
  least?: number
  most: number
  step?: number
  unit?: string
  onInput: (value: number) => void
}

/** The number is for the eye: to others the slider itself tells it. An `output` would take the label for its own, and speak at every step. */
export function Slide({ label, value, least = 0, most, step = 1, unit = '', onInput }: SlideProps) {
  return (
    <label class="slide">
      <span>
        {label} <b aria-hidden="true">{`${value}${unit}`}</b>
      </span>
      <input
        type="range"
        min={least}
        max={most}
        step={step}
        value={value}
        aria-valuetext={`${value}${unit}`}
        onInput={({ currentTarget }) => onInput(Number(currentTarget.value))}
      />
    </label>
  )
}

export function Check({ label, checked, onChange }: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
      {label}
    </label>
  )
}
