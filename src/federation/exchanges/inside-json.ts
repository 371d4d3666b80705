/** Regions write documents into texts: what stands in one, or nothing where it is only a text. */
export function insideJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
