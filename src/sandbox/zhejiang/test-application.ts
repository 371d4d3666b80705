import { dataOf, openTestGateway, type Reply } from './test-gateway.ts'

/** When the tests begin, unless they say otherwise. */
export const START = '2099-01-05T01:00:15.000Z'
/** Hangzhou, and its matter 大中专学生毕业户口迁移. */
export const AREA = '330101'
export const MATTER = '33010100000000099002'
/** Everything of a path up to the last digit of the IC code. */
export const PREFIX = '/restapi/prod/IC3300002099010100000'
/** The sharing data operations below `/gateway/`. */
export const DATA = 'api/001003001/dataSharing'

/** The pretended gateway with the platform that it talks to. */
export type Gateway = ReturnType<typeof openTestGateway>

const opened: Gateway[] = []

/** Opens a platform that `closeAll` closes. */
export function open(start = START, retryDelaysMs?: readonly number[]): Gateway {
  const gateway = openTestGateway(start, retryDelaysMs)
  opened.push(gateway)
  return gateway
}

/** Stops the timers of every platform that a test opened. */
export function closeAll(): void {
  for (const gateway of opened.splice(0)) gateway.region.close()
}

const UNCOMPARED = [
  'traceId',
  'requestId',
  'projPwd',
  'extField1',
  'extFlag',
  'BAK_EXT',
  'attPath',
  'FLOOR_DESC',
]
const LISTS = ['datas', 'nodes', 'list', 'attachMentVOs', 'suffInfoList']

/** One reading of the forms that the contract leaves free: absent members go, numbers become texts. */
export function settled(value: unknown, name = ''): unknown {
  if (LISTS.includes(name)) return [value].flat().map((item) => settled(item))
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => item !== null && item !== '' && !UNCOMPARED.includes(key))
      .filter(([key, item]) => !(LISTS.includes(key) && Array.isArray(item) && item.length === 0))
      .map(([key, item]) => [key, settled(item, key)]),
  )
}

/** HTTP status, code and text of an answer of the business dialect. */
export const errorOf = (reply: Reply): unknown[] => [
  reply.status,
  reply.json['errorCode'],
  reply.json['errorMsg'],
]

/** One material in a body. */
interface BodyMaterial {
  [name: string]: unknown
  suffId: string
  attachMentVOs: { attName: string; attPath: string; memo: string }[]
}

/** A body of `receive.do` that tests may bend. */
export interface Body {
  [name: string]: unknown
  projId: string
  applicantVO: Record<string, unknown>
  suffInfoList: [BodyMaterial, BodyMaterial, BodyMaterial]
  affFormInfo: string
  extInfo: Record<string, unknown>
}

function submissionBody(projId: string, attPath: string): Body {
  const form = {
    moveReason: '02',
    fromArea: '320500',
    fromAddress: '测试路1号',
    toArea: '330100',
    toAddress: '测试路2号',
  }
  return {
    projId,
    projectName: '关于测试甲的大中专学生毕业户口迁移',
    matterCode: MATTER,
    affairType: '2',
    applyOrigin: '1',
    approveType: '01',
    bizType: '0',
    areaCode: AREA,
    deptCode: '330101000101',
    execDeptOrgCode: '11330100MB9TX1014N',
    recvDeptCode: '330101000101',
    recvDeptName: '杭州市测试公安局',
    recvUserId: 'csj-gw',
    recvUserName: '长三角网关',
    recvUserType: '3',
    gmtApply: '2099-01-05 09:00:16',
    appId: 'APP-FAKE-CSJ-ZJ',
    applicantVO: {
      applyName: '测试甲',
      applyCardType: 'ID_CARD',
      applyCardNumber: '33010619010203101X',
      userProp: '1',
      contactMan: '测试甲',
      contactPhone: '10000000001',
      legalMan: '',
    },
    suffInfoList: [
      {
        suffId: 'M9900201',
        suffName: '申请人身份证',
        takeType: '证照库',
        attachMentVOs: [],
        certificateSourceId: '1.2.156.3005.2.11330000MB1TEXT0X6001.330100.000000100.001.R',
      },
      { suffId: 'M9900202', suffName: '居民户口簿', takeType: '容缺后补', attachMentVOs: [] },
      {
        suffId: 'M9900203',
        suffName: '毕业证书',
        takeType: '附件上传',
        attachMentVOs: [{ attName: '毕业证书.pdf', attPath, memo: '' }],
      },
    ],
    affFormInfo: JSON.stringify(form),
    extInfo: { sourceRegion: '320000', sourceProjectNo: 'CSJ209901050000001', sourceAreaCode: '320500' },
    memo: '',
  }
}

/** A body that would be taken: with a number and an upload of forty bytes of its own. */
export async function prepared(gateway: Gateway): Promise<Body> {
  const projId = await gateway.takeNumber(AREA, MATTER)
  const parts = { projId, suffId: 'M9900203', attName: '毕业证书.pdf', phaseCode: '01' }
  const uploaded = await gateway.upload(parts, new Uint8Array(40).fill(65))
  return submissionBody(projId, dataOf(uploaded)['attPath'] ?? '')
}

/** A case that the platform has taken. */
export async function submitted(gateway: Gateway) {
  const body = await prepared(gateway)
  const { projId, projPwd = '' } = dataOf(await gateway.post('receive.do', body))
  return { projId, projPwd, body }
}

/** A body of `correct.do` for the first request, with an upload of its own. */
export async function correction(gateway: Gateway, projId: string, projPwd: string) {
  const parts = { projId, suffId: 'M9900203', attName: '毕业证书.pdf', phaseCode: '02' }
  const uploaded = await gateway.upload(parts, new Uint8Array(4))
  const attachMentVOs = [{ attName: '毕业证书.pdf', attPath: dataOf(uploaded)['attPath'] ?? '', memo: '' }]
  return {
    projId,
    projPwd,
    correctSeq: 1,
    gmtCorrect: '2099-01-05 09:03:21',
    appId: 'APP-FAKE-CSJ-ZJ',
    suffInfoList: [{ suffId: 'M9900203', suffName: '毕业证书', takeType: '附件上传', attachMentVOs }],
    affFormInfo: '{"toAddress":"测试路2号201室"}',
    memo: '',
  }
}

/** A new request secret of the sharing dialect. */
export async function requestSecret(gateway: Gateway): Promise<string> {
  const { json } = await gateway.share('app/refreshTokenByKey.htm', 'FAKEAPPSECRET', {})
  // The contract gives this member as a text.
  return (json['datas'] as { requestSecret: string }).requestSecret
}
