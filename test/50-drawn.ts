// What the build has left out of signals is no way here either: one that is drawn as it is, or given to an element, shows nothing in a shop.
import { Signal } from '@preact/signals'
import { options, type VNode } from 'preact'

const told = options.vnode

options.vnode = (node: VNode) => {
  const { children, ...given } = node.props as Record<string, unknown>
  const drawn = [children, ...(typeof node.type === 'string' ? Object.values(given) : [])].flat(Number.POSITIVE_INFINITY)
  if (drawn.some((one) => one instanceof Signal)) throw new Error('A signal is read by its `.value` where it is drawn.')
  told?.(node)
}
