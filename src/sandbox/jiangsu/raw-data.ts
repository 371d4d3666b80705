/** Index after the string whose opening quote stands at `start`. */
function afterString(json: string, start: number): number {
  for (let from = start + 1; ; ) {
    const quote = json.indexOf('"', from)
    if (quote < 0) return json.length
    let slashes = 0
    while (json[quote - 1 - slashes] === '\\') slashes += 1
    if (slashes % 2 === 0) return quote + 1
    from = quote + 1
  }
}

const COLON = /\s*:\s*/y

/**
 * The text of an object that is a member of the outermost object, exactly as it stands, from its `{` to its `}` (contract 3.4): the
 * signature is over this text, so it is cut out and never written anew. Where the name stands twice, the later one is given, as by
 * `JSON.parse`: what is signed is then what is handled. `json` must be JSON already; `undefined` where there is none.
 */
export function objectTextOf(json: string, name: string): string | undefined {
  const marks = /["{}[\]]/g
  let depth = 0
  let start: number | undefined
  let text: string | undefined
  for (let mark = marks.exec(json); mark; mark = marks.exec(json)) {
    const { index } = mark
    if (mark[0] === '"') {
      const end = afterString(json, index)
      COLON.lastIndex = end
      const isName = depth === 1 && COLON.test(json) && JSON.parse(json.slice(index, end)) === name
      if (isName && json[COLON.lastIndex] === '{') start = COLON.lastIndex
      marks.lastIndex = end
    } else if (mark[0] === '{' || mark[0] === '[') depth += 1
    else {
      depth -= 1
      if (depth !== 1 || start === undefined) continue
      text = json.slice(start, index + 1)
      start = undefined
    }
  }
  return text
}
