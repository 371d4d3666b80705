/** One of the thirteen cities (contract 1.2). */
export interface City {
  /** Six digits, GB/T 2260. */
  readonly division: string
  readonly name: string
}

const city = (division: string, name: string): City => ({ division, name })

/** The thirteen cities. 苏州 and 宿迁, 泰州 and 徐州 are told apart by their code alone. */
export const CITIES: readonly City[] = [
  city('320100', '南京'),
  city('320200', '无锡'),
  city('320300', '徐州'),
  city('320400', '常州'),
  city('320500', '苏州'),
  city('320600', '南通'),
  city('320700', '连云港'),
  city('320800', '淮安'),
  city('320900', '盐城'),
  city('321000', '扬州'),
  city('321100', '镇江'),
  city('321200', '泰州'),
  city('321300', '宿迁'),
]

const DIVISIONS: ReadonlySet<string> = new Set(CITIES.map(({ division }) => division))

/** Whether the text is the six-digit code of one of the thirteen. */
export const isCity = (text: string): boolean => DIVISIONS.has(text)
