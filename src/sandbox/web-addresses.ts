/** Addresses that browsers are sent to. */

/** Adds parameters to the query of an address that stays as it was sent; what no header can hold is percent-encoded. */
export function withParameters(address: string, added: readonly (readonly [string, string])[]): string {
  const at = address.indexOf('#')
  const [head, hash] = at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at)]
  const line = added.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  const glue = line === '' ? '' : head.includes('?') ? '&' : '?'
  return `${head}${glue}${line}${hash}`.replace(/[^\x21-\x7e]/gu, (character) =>
    encodeURIComponent(character),
  )
}

/** Whether a browser can be sent there: an absolute http(s) address without blanks and control characters. */
export function isWebAddress(address: string): boolean {
  if (!/^https?:\/\/[^/\s]/i.test(address) || /[\s\p{Cc}]/u.test(address)) return false
  return URL.canParse(address)
}
