/** One of the sixteen cities (contract 5.12), with what its rows and windows are made of. */
export interface City {
  /** Twelve digits, as it travels. */
  readonly areaCode: string
  /** Six digits, GB/T 2260. */
  readonly division: string
  readonly name: string
  /** Dialling code. */
  readonly dialling: string
  /** Degrees, WGS-84, somewhere in the city. */
  readonly lon: number
  readonly lat: number
}

const city = (division: string, name: string, dialling: string, lon: number, lat: number): City => ({
  areaCode: `${division}000000`,
  division,
  name,
  dialling,
  lon,
  lat,
})

/** The sixteen cities; there is no 340900 and no 341400. */
export const CITIES: readonly City[] = [
  city('340100', '合肥', '0551', 117.2272, 31.8206),
  city('340200', '芜湖', '0553', 118.4331, 31.3525),
  city('340300', '蚌埠', '0552', 117.3892, 32.9163),
  city('340400', '淮南', '0554', 117.0, 32.6255),
  city('340500', '马鞍山', '0555', 118.5067, 31.6704),
  city('340600', '淮北', '0561', 116.7983, 33.9558),
  city('340700', '铜陵', '0562', 117.8121, 30.9449),
  city('340800', '安庆', '0556', 117.0634, 30.5431),
  city('341000', '黄山', '0559', 118.3386, 29.7147),
  city('341100', '滁州', '0550', 118.3171, 32.3017),
  city('341200', '阜阳', '0558', 115.8142, 32.8901),
  city('341300', '宿州', '0557', 116.9641, 33.6461),
  city('341500', '六安', '0564', 116.5219, 31.7349),
  city('341600', '亳州', '0558', 115.7788, 33.8446),
  city('341700', '池州', '0566', 117.4914, 30.6648),
  city('341800', '宣城', '0563', 118.7587, 30.9407),
]

const AREA_CODES: ReadonlySet<string> = new Set(CITIES.map(({ areaCode }) => areaCode))

/** Whether the text is the 12-digit code of one of the sixteen cities. The province's own code is not. */
export const isAreaCode = (text: string): boolean => AREA_CODES.has(text)
