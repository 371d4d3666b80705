/** JSON that stands inside a string, as four of four regions write it. */
import { GatewayError } from '../../errors.ts'
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
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new GatewayError('FIELD_UNREADABLE', {}, { cause })
  }
}
