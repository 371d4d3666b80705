/** The catalogue and the windows (contract 4.a and 4.k). */
import { CENTERS, MATTERS_BY_CITY, type Matter, matterAt } from './catalogue.ts'
import { collection, extras, numberOrText } from './freedoms.ts'
import { checkCity, checked, FORMATS, type Members, optional, required } from './members.ts'
import { guidOf, type Office } from './office.ts'
import { HallRefusal } from './refusals.ts'
import type { HallRoute } from './routes.ts'

type Sent = Readonly<Record<string, unknown>>

const PAGING: Members = { currentpage: required(FORMATS.page), pagesize: required(FORMATS.pagesize) }

/** A page of a list with its counts, each of them a number or its digits. */
export function pageOf<T>(
  office: Office,
  items: readonly T[],
  params: Readonly<Record<string, string>>,
  name: string,
): object {
  const [page, size] = [Number(params['currentpage']), Number(params['pagesize'])]
  return {
    totalcount: numberOrText(office, items.length),
    currentpage: numberOrText(office, page),
    pagesize: numberOrText(office, size),
    [name]: collection(office, items.slice(page * size, (page + 1) * size)),
  }
}

const LISTED = [
  'taskguid',
  'item_id',
  'taskname',
  'taskcode',
  'catalogcode',
  'localcatalogcode',
  'taskhandleitem',
  'ouname',
  'ouguid',
  'areacode',
  'tasktype',
  'applyertype',
  'projecttype',
  'promise_day',
  'promise_type',
  'anticipate_day',
  'anticipate_type',
  'is_online',
  'iscross',
  'crossmode',
  'taskversion',
  'is_enable',
  'operatedate',
] as const

const rowOf = (office: Office, matter: Matter): object => ({
  ...Object.fromEntries(LISTED.map((name) => [name, matter[name]])),
  promise_day: numberOrText(office, matter.promise_day),
  anticipate_day: numberOrText(office, matter.anticipate_day),
})

function list(office: Office, sent: Sent): object {
  const params = checked(sent, { updatedate: optional(FORMATS.dt), ...PAGING })
  checkCity(params)
  const since = params['updatedate'] ?? ''
  const found = (MATTERS_BY_CITY.get(params['areacode'] ?? '') ?? []).filter(
    ({ operatedate }) => operatedate >= since,
  )
  return pageOf(
    office,
    found.map((matter) => ({ ...rowOf(office, matter), ...extras(office) })),
    params,
    'tasklist',
  )
}

function matterOfRequest(sent: Sent): Matter {
  const params = checked(sent, { taskguid: required(FORMATS.guid) })
  checkCity(params)
  const matter = matterAt(params['areacode'] ?? '', params['taskguid'] ?? '')
  if (!matter) throw new HallRefusal('事项不存在')
  return matter
}

function detail(office: Office, sent: Sent): object {
  const matter = matterOfRequest(sent)
  const { materials: _materials, form, centers: _centers, ...row } = matter
  return { ...row, ...rowOf(office, matter), formjson: JSON.stringify(form), ...extras(office) }
}

const materials = (office: Office, sent: Sent): object => ({
  materiallist: collection(
    office,
    [...matterOfRequest(sent).materials.values()].map((one) => ({
      ...one,
      pagenum: numberOrText(office, one.pagenum),
    })),
  ),
})

const centers = (office: Office, sent: Sent): object => ({
  centerlist: collection(office, matterOfRequest(sent).centers),
})

/** What stands in each centre. Hours are free text (4.k): of the ordinary windows of a second centre nobody can read them. */
const KINDS = [
  { letter: 'A', name: '长三角"一网通办"专窗', iscsj: '1', hours: [] },
  {
    letter: 'B',
    name: '综合窗口',
    iscsj: '0',
    hours: [
      '工作日 上午9:00-12:00,下午1:30-5:00;周六 9:00-12:00',
      '冬夏令时不同,以现场公告为准,请提前电话咨询',
    ],
  },
  { letter: 'C', name: '自助服务区', iscsj: '0', hours: ['每天 00:00-24:00'] },
] as const

const windowsIn = (areacode: string) => {
  const matters = MATTERS_BY_CITY.get(areacode) ?? []
  return [...(CENTERS.get(areacode)?.values() ?? [])].flatMap((center, place) =>
    KINDS.map(({ letter, name, iscsj, hours }) => ({
      windowguid: guidOf(`window ${center.centerguid} ${letter === 'C' ? letter : iscsj}`),
      ...center,
      worktime: hours[Math.min(place, hours.length - 1)] ?? center.worktime,
      windowname: name,
      windowno: `${letter}${String(place + 1).padStart(2, '0')}`,
      iscsj,
      taskcodes:
        iscsj === '1'
          ? matters
              .filter((one) => one.centers.some(({ centerguid }) => centerguid === center.centerguid))
              .map(({ taskcode }) => taskcode)
              .join(';')
          : '',
    })),
  )
}

function windows(office: Office, sent: Sent): object {
  const params = checked(sent, { ...PAGING, iscsj: optional(/^[01]$/) })
  checkCity(params)
  const wanted = windowsIn(params['areacode'] ?? '')
    .filter(({ iscsj }) => params['iscsj'] === '' || params['iscsj'] === iscsj)
    .toSorted((a, b) => a.windowno.localeCompare(b.windowno))
  return pageOf(
    office,
    wanted.map((one) => ({ ...one, ...extras(office) })),
    params,
    'windowlist',
  )
}

export const matterRoutes: readonly HallRoute[] = [
  { operation: 'matter-list', service: 'task', path: 'zwdtTask/getTaskList', handle: list },
  { operation: 'matter-detail', service: 'task', path: 'zwdtTask/getTaskDetail', handle: detail },
  {
    operation: 'matter-materials',
    service: 'task',
    path: 'zwdtTask/getTaskMaterialList',
    handle: materials,
  },
  { operation: 'matter-centers', service: 'task', path: 'zwdtTask/getTaskCenterList', handle: centers },
  { operation: 'window-list', service: 'center', path: 'zwdtCenter/getWindowList', handle: windows },
]
