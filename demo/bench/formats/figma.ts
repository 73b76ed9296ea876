// What Figma's REST API answers for a file's variables (`/v1/files/…/variables/local`), as a file of design tokens.

/** A token or a group of them, as the Design Tokens format has it. */
export interface Design {
  $type?: string
  $value?: unknown
  [name: string]: unknown
}

interface Variable {
  name: string
  resolvedType?: string
  variableCollectionId?: string
  valuesByMode: Record<string, unknown>
}
interface Collection {
  modes?: { modeId: string; name: string }[]
  defaultModeId?: string
}

/** Undefined for any other file. A mode called light or dark is a side of the colour; of others the first counts. */
export function ofFigma({ meta }: Design): Design | undefined {
  const { variables, variableCollections = {} } = (meta ?? {}) as {
    variables?: Record<string, Variable>
    variableCollections?: Record<string, Collection>
  }
  if (typeof variables !== 'object' || !variables) return undefined
  const pathOf = ({ name }: Variable) => name.split('/').join('.')
  const saidBy = (value: unknown) => {
    const id = typeof value === 'object' && value && 'id' in value ? String(value.id) : ''
    return Object.hasOwn(variables, id) ? `{${pathOf(variables[id]!)}}` : value
  }
  // A path in one piece is as good as groups in groups.
  return Object.fromEntries(
    Object.values(variables)
      .filter((one) => typeof one?.name === 'string' && typeof one.valuesByMode === 'object' && one.valuesByMode)
      .map((one) => {
        const { modes = [], defaultModeId = '' } = variableCollections[one.variableCollectionId ?? ''] ?? {}
        const first = one.valuesByMode[defaultModeId] ?? Object.values(one.valuesByMode)[0]
        const mode = Object.fromEntries(modes.map(({ modeId, name }) => [sideOf(name), saidBy(one.valuesByMode[modeId])]))
        const $type = one.resolvedType === 'COLOR' ? 'color' : ''
        return [pathOf(one), { $type, $value: saidBy(first), $extensions: { mode } }]
      }),
  )
}

/** `Dark mode` is dark. */
const sideOf = (mode: string) => /\b(?:light|day|dark|night)\b/i.exec(mode)?.[0].toLowerCase() ?? mode
