/** One of the thirteen cities (contract 1.2). */
export interface City {
  /** Six digits, GB/T 2260. */
  readonly division: string
  readonly name: string
  /** Its middle in WGS-84, about; of Suzhou that of the contract's samples. */
  readonly lon: number
  readonly lat: number
}

const city = (division: string, name: string, lon: number, lat: number): City => ({
  division,
  name,
  lon,
  lat,
})

/** The thirteen cities. 苏州 and 宿迁, 泰州 and 徐州 are told apart by their code alone. */
export const CITIES: readonly City[] = [
  city('320100', '南京', 118.797, 32.06),
  city('320200', '无锡', 120.312, 31.491),
  city('320300', '徐州', 117.284, 34.206),
  city('320400', '常州', 119.974, 31.811),
  city('320500', '苏州', 120.585, 31.299),
  city('320600', '南通', 120.894, 31.981),
  city('320700', '连云港', 119.222, 34.597),
  city('320800', '淮安', 119.015, 33.61),
  city('320900', '盐城', 120.163, 33.348),
  city('321000', '扬州', 119.413, 32.394),
  city('321100', '镇江', 119.425, 32.188),
  city('321200', '泰州', 119.923, 32.456),
  city('321300', '宿迁', 118.275, 33.963),
]

const DIVISIONS: ReadonlySet<string> = new Set(CITIES.map(({ division }) => division))

/** Whether the text is the six-digit code of one of the thirteen. */
export const isCity = (text: string): boolean => DIVISIONS.has(text)
