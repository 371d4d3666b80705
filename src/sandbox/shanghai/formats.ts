/** Forms of values that Shanghai checks, written for this judge alone. */

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** 居民身份证: eighteen characters with the right check character. */
export function isIdCard(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0)
  return '10X98765432'[sum % 11] === text[17]
}

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** 统一社会信用代码: eighteen characters with the right check character. */
export function isUscc(text: string): boolean {
  if (text.length !== 18 || [...text].some((one) => !ALPHABET.includes(one))) return false
  let [sum, weight] = [0, 1]
  for (const one of text.slice(0, 17)) {
    sum += ALPHABET.indexOf(one) * weight
    weight = (weight * 3) % 31
  }
  return ALPHABET[(31 - (sum % 31)) % 31] === text[17]
}

/** A date that the calendar has. */
export const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().slice(0, 10) === text

/** `yyyy-MM-dd HH:mm:ss` that the calendar has. */
export const isDateTime = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(text) && isDate(text.slice(0, 10))

/** Unicode code points. */
export const lengthOf = (text: string): number => [...text].length

export const DAY_MS = 86_400_000

/** The wall clock of Asia/Shanghai. */
export const wallClock = (ms: number): string =>
  new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

export const DISTRICTS: Readonly<Record<string, string>> = {
  '310101': '黄浦区',
  '310104': '徐汇区',
  '310105': '长宁区',
  '310106': '静安区',
  '310107': '普陀区',
  '310109': '虹口区',
  '310110': '杨浦区',
  '310112': '闵行区',
  '310113': '宝山区',
  '310114': '嘉定区',
  '310115': '浦东新区',
  '310116': '金山区',
  '310117': '松江区',
  '310118': '青浦区',
  '310120': '奉贤区',
  '310151': '崇明区',
}

/** A certificate number by the word of its type. */
export function isCertificate(type: string, number: string): boolean {
  if (type === '居民身份证') return isIdCard(number)
  if (type === '统一社会信用代码') return isUscc(number)
  return (type === '护照' ? /^[A-Z0-9]{5,15}$/ : /^[0-9A-Za-z]{1,30}$/).test(number)
}

/** A small PDF of one line. */
export function pdf(line: string): Buffer {
  const stream = `BT /F1 14 Tf 40 760 Td (${line.replaceAll(/[^\x20-\x7e]/g, '?').replaceAll(/[()\\]/g, '')}) Tj ET`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${stream.length}>>\nstream\n${stream}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  let out = '%PDF-1.4\n'
  const offsets = objects.map((body, index) => {
    const at = out.length
    out += `${index + 1} 0 obj\n${body}\nendobj\n`
    return at
  })
  const start = out.length
  out += `xref\n0 6\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(out, 'latin1')
}
