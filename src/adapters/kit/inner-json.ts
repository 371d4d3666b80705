/** JSON that stands inside a string, as four of four regions write it. */
import { GatewayError } from '../../errors.ts'
import { forbiddenIn, mayBeForbidden } from '../../schemas/characters.ts'
import { asText } from './codecs.ts'

const TOUCHES_PROTOTYPE = /"(?:__proto__|constructor|prototype)"\s*:/

/** Parses JSON that stands inside a string, refusing keys that would touch a prototype. */
export function parseInner(wire: unknown): unknown {
  const text = asText(wire)
  // An escaped spelling of such a key has a backslash; JSON without one is looked at as it stands.
  if (
    text.includes('\\')
      ? TOUCHES_PROTOTYPE.test(
          text.replaceAll(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) =>
            String.fromCharCode(Number.parseInt(hex, 16)),
          ),
        )
      : TOUCHES_PROTOTYPE.test(text)
  ) {
    throw new GatewayError('FIELD_UNREADABLE')
  }
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw new GatewayError('FIELD_UNREADABLE', {}, { cause })
  }
  // What was escaped twice is no better than what was escaped once: the door looked at the outer text alone.
  if (mayBeForbidden(text) && forbiddenIn(content).length > 0) throw new GatewayError('FIELD_UNREADABLE')
  return content
}
