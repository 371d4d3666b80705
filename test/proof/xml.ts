/** XML of one level, read without anybody's parser: elements that hold texts, and the blocks that they stand in. */

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const unescaped = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    return NAMED[name] ?? whole
  })

/** The texts of each block of this name, by element; an element without content is an empty text. */
export function textsOf(xml: string, block: string): readonly Readonly<Record<string, string>>[] {
  const blocks = [...xml.matchAll(new RegExp(`<${block}>(.*?)</${block}>`, 'gs'))].map(
    ([, inner = '']) => inner,
  )
  return blocks.map((inner) => {
    const texts: Record<string, string> = {}
    for (const [, name = '', cdata, text, empty] of inner.matchAll(
      /<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))<\/\1>|<(\w+)\/>/gs,
    ))
      texts[name || (empty ?? '')] = cdata ?? unescaped(text ?? '')
    return texts
  })
}
