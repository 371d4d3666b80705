/** Operation (k) of the four contracts: what is sent equals the samples, what is answered is read, and bad rows are told. */
import { describe, expect, test } from 'vitest'
import { anhui } from '../../src/adapters/anhui/index.ts'
import { jiangsu } from '../../src/adapters/jiangsu/index.ts'
import type { Alarm } from '../../src/adapters/kit/codes.ts'
import type { RegionAdapter } from '../../src/adapters/kit/contract.ts'
import type { Outgoing, Transport } from '../../src/adapters/kit/transport.ts'
import { shanghai } from '../../src/adapters/shanghai/index.ts'
import { zhejiang } from '../../src/adapters/zhejiang/index.ts'
import { validator } from '../../src/schemas/validate.ts'
import { RegionalWindow } from '../../src/schemas/window.ts'
import ah from '../vectors/ah.json' with { type: 'json' }
import js from '../vectors/js.json' with { type: 'json' }
import sh from '../vectors/sh.json' with { type: 'json' }
import zj from '../vectors/zj.json' with { type: 'json' }

type Row = Record<string, unknown>
interface Sample {
  readonly op: string
  readonly request: { readonly path: string; readonly query?: Row; readonly body?: unknown }
  readonly response: { readonly body: Row }
}
interface Spoken {
  readonly adapter: RegionAdapter
  readonly config: unknown
  readonly samples: readonly Sample[]
  readonly ask: { readonly division: string; readonly page: number; readonly pageSize: number }
  /** Members of the sample's request that narrow it, which the gateway never does. */
  readonly narrows: readonly string[]
  readonly asked: (out: Outgoing | undefined) => Row
  readonly rows: (answer: Row) => Row[]
}

const jsonOf = (body: unknown): Row => JSON.parse(String(body))
const SPOKEN: readonly Spoken[] = [
  {
    adapter: shanghai,
    config: sh.config,
    samples: sh.samples as unknown as Sample[],
    ask: { division: '310118', page: 1, pageSize: 20 },
    narrows: [],
    asked: (out) => jsonOf(out?.body),
    rows: ({ data }) => (data as { windows: Row[] }).windows,
  },
  {
    adapter: jiangsu,
    config: js.directory,
    samples: js.samples as unknown as Sample[],
    ask: { division: '320500', page: 1, pageSize: 2 },
    narrows: ['iscsj'],
    asked: (out) => jsonOf(out?.body)['params'] as Row,
    rows: ({ custom }) => (custom as { windowlist: Row[] }).windowlist,
  },
  {
    adapter: zhejiang,
    config: zj.config,
    samples: zj.samples as unknown as Sample[],
    ask: { division: '330900', page: 1, pageSize: 20 },
    narrows: ['IS_CSJ', 'requestTime', 'sign'],
    asked: (out) => Object.fromEntries(new URL(out?.url ?? '').searchParams),
    rows: ({ datas }) => [datas].flat() as Row[],
  },
  {
    adapter: anhui,
    config: ah.config,
    samples: ah.samples as unknown as Sample[],
    ask: { division: '340100', page: 1, pageSize: 20 },
    narrows: ['serviceCode', 'isCsj'],
    asked: (out) => jsonOf(out?.body),
    rows: ({ data }) => data as Row[],
  },
]

const listed = ({ samples }: Spoken): Sample => {
  const found = samples.find(({ op }) => op === 'window-list')
  if (!found) throw new Error('no sample')
  return found
}

/** A region that answers with its samples, the rows of the windows changed as a test wants them. */
function answering(spoken: Spoken, change: (row: Row) => void = () => undefined) {
  const sent: Outgoing[] = []
  const alarms: Alarm[] = []
  const transport: Transport = async (out) => {
    const path = new URL(out.url).pathname
    const found = spoken.samples.find(({ request }) => request.path === path)
    if (!found) throw new Error(path)
    const body = structuredClone(found.response.body)
    if (found.op === 'window-list') {
      sent.push(out)
      for (const row of spoken.rows(body)) change(row)
    }
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(body)),
    }
  }
  const now = () => new Date('2099-01-05T09:00:05+08:00')
  const link = spoken.adapter.connect(spoken.config as never, transport, now, alarms)
  if (!link.listWindows) throw new Error('not offered')
  return { list: link.listWindows, sent, alarms }
}

/** A member under each region's name for it, in the order of `SPOKEN`. */
const NAMES = {
  code: ['windowId', 'windowguid', 'WINDOW_GUID', 'windowId'],
  name: ['windowName', 'windowname', 'WINDOW_NAME', 'windowName'],
  hours: ['workTime', 'worktime', 'ACCEPT_TIMEDESC', 'openTime'],
  lon: ['lon', 'longitude', 'LON', 'lon'],
  lat: ['lat', 'latitude', 'LAT', 'lat'],
  flag: ['csjFlag', 'iscsj', 'IS_CSJ', 'isCsj'],
  codes: ['itemCodes', 'taskcodes', 'QL_INNER_CODES', 'serviceCodes'],
} as const
const named = (spoken: Spoken, member: keyof typeof NAMES): string =>
  NAMES[member][SPOKEN.indexOf(spoken)] ?? ''

const read = async (spoken: Spoken, change: (row: Row) => void) => {
  const region = answering(spoken, change)
  return { ...(await region.list(spoken.ask)), alarms: region.alarms }
}

describe.each(SPOKEN.map((spoken) => [spoken.adapter.id, spoken] as const))('%s', (id, spoken) => {
  const set = (member: keyof typeof NAMES, value: unknown) => (row: Row) => {
    row[named(spoken, member)] = value
  }

  test('asks as the sample asks', async () => {
    const { list, sent } = answering(spoken)
    await list(spoken.ask)
    const { request } = listed(spoken)
    const { body } = request
    const sample =
      request.query ?? (typeof body === 'string' ? (jsonOf(body)['params'] as Row) : (body as Row))
    const without = (told: Row) =>
      Object.fromEntries(Object.entries(told).filter(([member]) => !spoken.narrows.includes(member)))
    expect(without(spoken.asked(sent[0]))).toEqual(without(sample))
  })

  test('reads the sample whole', async () => {
    const { items, total, unreadable, alarms } = await read(spoken, () => undefined)
    expect(items).toHaveLength(spoken.rows(listed(spoken).response.body).length)
    expect({ total, unreadable, alarms }).toEqual({ total: items.length, unreadable: [], alarms: [] })
    for (const one of items) expect(validator(RegionalWindow)(one)).toBeUndefined()
    expect(items[0]?.isCrossRegion).toBe(true)
    expect(items[0]?.matterCodes.length).toBeGreaterThan(1)
    expect(items[0]?.hours?.weekly?.[0]).toEqual({ weekday: 1, from: '09:00', to: expect.any(String) })
  })

  test('keeps hours that cannot be read as text', async () => {
    const { items } = await read(spoken, set('hours', '以现场公告为准'))
    expect(items[0]?.hours).toEqual({ text: '以现场公告为准' })
  })

  test.each([
    ['swapped', '31.2', '121.4', 'longitude and latitude swapped'],
    ['elsewhere', '0', '0', 'no place in the Delta'],
    ['out of range', '400', '31', 'no place in the Delta'],
    ['no numbers', '东经121度', '北纬31度', 'no place in the Delta'],
    ['halved', '121.4', '', 'no place in the Delta'],
  ])('alarms coordinates that are %s, and keeps the window without them', async (_what, lon, lat, code) => {
    const { items, alarms } = await read(spoken, (row) => {
      set('lon', lon)(row)
      set('lat', lat)(row)
    })
    expect(items[0]).not.toHaveProperty('lon')
    expect(items[0]).not.toHaveProperty('lat')
    expect(alarms[0]).toEqual({ table: `${id}/window/place`, code })
  })

  test('takes numbers for text, and a window without coordinates', async () => {
    const numbers = await read(spoken, (row) => {
      set('lon', 121.4)(row)
      set('lat', 31.2)(row)
      set('flag', 0)(row)
    })
    expect(numbers.items[0]).toMatchObject({ lon: 121.4, lat: 31.2, isCrossRegion: false })
    const without = await read(spoken, (row) => {
      set('lon', null)(row)
      set('lat', '')(row)
    })
    expect(without.items[0]).not.toHaveProperty('lon')
    expect(without.alarms).toEqual([])
  })

  test('does not call a window a 专窗 for a flag that it does not know', async () => {
    const { items, alarms } = await read(spoken, set('flag', '7'))
    expect(items[0]?.isCrossRegion).toBe(false)
    expect(alarms[0]?.code).toBe('7')
  })

  test('names a window that cannot be read', async () => {
    const code = String(spoken.rows(listed(spoken).response.body)[0]?.[named(spoken, 'code')])
    const { items, unreadable, alarms } = await read(spoken, (row) => {
      if (row[named(spoken, 'code')] === code) set('name', '\u0000 ')(row)
    })
    expect(unreadable).toEqual([code])
    expect(items.map((one) => one.code)).not.toContain(code)
    expect(alarms).toEqual([{ table: `${id}/window, unreadable`, code: code.slice(0, 40) }])
  })

  test('cuts a name of ten thousand signs, and reads no codes as none', async () => {
    const { items } = await read(spoken, (row) => {
      set('name', '窗'.repeat(10_000))(row)
      set('codes', '')(row)
    })
    expect(items[0]?.name).toBe('窗'.repeat(200))
    expect(items[0]?.matterCodes).toEqual([])
    for (const one of items) expect(validator(RegionalWindow)(one)).toBeUndefined()
  })
})

describe('what one region alone has', () => {
  const [first, second, third, fourth] = SPOKEN as [Spoken, Spoken, Spoken, Spoken]

  test('Shanghai says its datum: GCJ-02 is converted, another places nothing', async () => {
    const gcj = await read(first, (row) =>
      Object.assign(row, { coordType: 'GCJ02', lon: '121.4737', lat: '31.2304' }),
    )
    // 500 metres to the west-north-west, as every table of the shift has it there.
    expect(gcj.items[0]?.lon).toBeCloseTo(121.46916, 4)
    expect(gcj.items[0]?.lat).toBeCloseTo(31.23233, 4)
    const other = await read(first, (row) => Object.assign(row, { coordType: 'BD09' }))
    expect(other.items[0]).not.toHaveProperty('lon')
    expect(other.alarms[0]?.code).toBe('datum unknown')
  })

  test('Jiangsu counts its pages from nought, and tells counties and centres', async () => {
    const { list, sent } = answering(second)
    const { items } = await list({ ...second.ask, page: 3 })
    expect(second.asked(sent[0])['currentpage']).toBe('2')
    expect(items[1]).toMatchObject({
      division: '320583',
      hall: '昆山政务服务中心',
      hallCode: '52bf47b0-e898-3343-5ca6-68a21c06278f',
      number: 'A02',
    })
  })

  test('Zhejiang’s city level is the city, and its county a county', async () => {
    const city = await read(third, () => undefined)
    expect(city.items[0]).toMatchObject({ division: '330900', updatedAt: '2024-01-01T08:00:00+08:00' })
    const county = await read(third, (row) =>
      Object.assign(row, { BELONGXIAQUCODE: '330921', UPDATE_DATE: 'soon' }),
    )
    expect(county.items[0]).toMatchObject({ division: '330921' })
    expect(county.items[0]).not.toHaveProperty('updatedAt')
  })

  test('Anhui’s hours are JSON in a string, whole or not at all', async () => {
    const hours = async (openTime: string) => (await read(fourth, set(openTime))).items[0]?.hours?.weekly
    const set = (openTime: string) => (row: Row) => Object.assign(row, { openTime })
    expect(await hours('[{"week":"7","am":"09:00-12:00","pm":""}]')).toEqual([
      { weekday: 7, from: '09:00', to: '12:00' },
    ])
    for (const broken of [
      '[{"week":"5-1","am":"09:00-12:00","pm":""}]',
      '[{"week":"1-8","am":"09:00-12:00","pm":""}]',
      '[{"week":"1","am":"9 to 12","pm":""}]',
      '[{"week":"1","am":"","pm":""}]',
      '[null]',
      '{"week":"1"}',
      '[{"week":',
    ])
      expect(await hours(broken), broken).toBeUndefined()
  })
})
