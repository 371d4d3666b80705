/** The service windows (contract 4.11). */
import { checkMembers } from './checks.ts'
import { DISTRICTS } from './formats.ts'
import { extras } from './freedoms.ts'
import { isArea, PAGE, pageOf } from './matters.ts'
import type { Office } from './office.ts'
import type { Route } from './routes.ts'
import { MATTERS, type Plain } from './state.ts'

/** What stands in a district: a hall's window for the Delta, an ordinary hall, and machines that have no lunch break. */
const KINDS = [
  { name: '政务服务中心长三角专窗', workTime: '周一至周五 09:00-11:30,13:30-17:00;周六 09:00-11:30' },
  { name: '社区事务受理服务中心', workTime: '周一至周五 08:30-16:30' },
  { name: '自助服务区', workTime: '周一至周日 00:00-24:00' },
] as const

/** The recorded answer of the contract has two windows there. */
const RECORDED = '310118'

/** Somewhere in each district, WGS-84, good to about 0.02 degrees; in Qingpu that of the recorded answer. */
const POINTS: Readonly<Record<string, readonly [lon: number, lat: number]>> = {
  '310101': [121.484, 31.231],
  '310104': [121.437, 31.188],
  '310105': [121.424, 31.22],
  '310106': [121.447, 31.228],
  '310107': [121.397, 31.249],
  '310109': [121.505, 31.265],
  '310110': [121.526, 31.26],
  '310112': [121.381, 31.113],
  '310113': [121.489, 31.405],
  '310114': [121.265, 31.375],
  '310115': [121.544, 31.221],
  '310116': [121.342, 30.742],
  '310117': [121.228, 31.032],
  '310118': [121.120178, 31.147681],
  '310120': [121.474, 30.918],
  '310151': [121.397, 31.623],
}

/** The matters in use that name the window as one of their service points. */
const takenAt = (windowId: string): string =>
  MATTERS.filter(
    ({ itemStatus, servicePoints }) =>
      itemStatus === '在用' &&
      (servicePoints as readonly { windowId?: string }[]).some((point) => point.windowId === windowId),
  )
    .map(({ itemCode }) => itemCode)
    .join(',')

function windowsIn([areaCode, areaName]: readonly [string, string]) {
  const [lon, lat] = POINTS[areaCode] ?? [0, 0]
  return (areaCode === RECORDED ? KINDS.slice(0, 2) : KINDS).map(({ name, workTime }, index) => {
    const n = index + 1
    return {
      windowId: `W${areaCode}0${n}`,
      windowName: `${areaName}${name}(示例)`,
      areaCode,
      areaName,
      address: `上海市${areaName}示例路${n}号`,
      phone: `021-0000${areaCode.slice(3)}${n}`,
      lon: (lon + n * 0.004).toFixed(6),
      lat: (lat + n * 0.003).toFixed(6),
      coordType: 'WGS84',
      workTime,
      csjFlag: n === 1 ? '1' : '0',
      itemCodes: takenAt(`W${areaCode}0${n}`),
    }
  })
}

const WINDOWS = Object.entries(DISTRICTS).flatMap(windowsIn)

function windows(office: Office, body: Plain): unknown {
  checkMembers(body, [['areaCode', 'R', isArea], ...PAGE])
  const { areaCode } = body
  const found = WINDOWS.filter((one) => areaCode === 'SH00SH' || one.areaCode === areaCode)
  return pageOf(
    office,
    found.map((one) => ({ ...one, ...extras(office) })),
    body,
    'windows',
  )
}

export const windowRoutes: readonly Route[] = [
  { operation: 'window-list', path: '/portal/queryWindowPage', handle: windows },
]
