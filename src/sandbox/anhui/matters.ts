import { MATTERS, MATTERS_BY_AREA, type Matter } from './catalogue.ts'
import { isAreaCode } from './cities.ts'
import { digits } from './formats.ts'
import { extras, numberOrText, oneOrMany } from './freedoms.ts'
import type { Office } from './office.ts'
import { BadMember, FlagRefusal } from './refusals.ts'
import type { FlagAnswer, Route } from './routes.ts'
import { countMember, type JsonObject, may, must, refuseUnknown, textMember } from './shapes.ts'
import { isDateTime } from './times.ts'

/** One page of a sorted collection with `total`, `pageNum` and `pageSize` beside it. */
export function pageAnswer<T>(
  office: Office,
  all: readonly T[],
  { pageNum, pageSize }: { readonly pageNum: number; readonly pageSize: number },
  view: (item: T) => unknown,
): FlagAnswer {
  const start = (pageNum - 1) * pageSize
  return {
    result: '查询成功',
    data: oneOrMany(office, all.slice(start, start + pageSize).map(view)),
    beside: {
      total: numberOrText(office, all.length),
      pageNum: numberOrText(office, pageNum),
      pageSize: numberOrText(office, pageSize),
    },
  }
}

function listView(office: Office, matter: Matter): Record<string, unknown> {
  return {
    sc: matter.sc,
    serviceName: matter.serviceName,
    serviceVersion: matter.serviceVersion,
    basicCode: matter.basicCode,
    ssqdCode: matter.ssqdCode,
    serviceTypeCode: matter.serviceTypeCode,
    infoTypeCode: matter.infoTypeCode,
    deptId: matter.deptId,
    deptName: matter.deptName,
    deptCreditCode: matter.deptCreditCode,
    areaCode: matter.areaCode,
    addType: matter.addType,
    isCross: matter.isCross,
    crossScope: matter.crossScope,
    crossMode: matter.crossMode,
    promiseDay: numberOrText(office, matter.promiseDay),
    promiseType: matter.promiseType,
    legalDay: numberOrText(office, matter.legalDay),
    legalType: matter.legalType,
    state: matter.state,
    updateTime: matter.updateTime,
  }
}

function detailView(office: Office, matter: Matter): Record<string, unknown> {
  return {
    ...listView(office, matter),
    useLevel: matter.useLevel,
    acceptCondition: matter.acceptCondition,
    handleFlow: matter.handleFlow,
    setBasis: matter.setBasis,
    isFee: matter.isFee,
    feeBasis: matter.feeBasis,
    linkTel: matter.linkTel,
    superviseTel: matter.superviseTel,
    takeMode: matter.takeMode,
    resultName: matter.resultName,
    resultStyleCode: matter.resultStyleCode,
    limitSceneNum: numberOrText(office, matter.limitSceneNum),
    applyUrl: matter.applyUrl,
    materialCount: numberOrText(office, matter.materials.size),
    windowIds: matter.windowIds.join(','),
    formJson: JSON.stringify([...matter.form.values()]),
    ...extras(office),
  }
}

function listMatters(office: Office, body: JsonObject): FlagAnswer {
  const areaCode = textMember(body, 'areaCode', must(isAreaCode))
  const since = textMember(body, 'updateTime', may(isDateTime))
  const pageNum = countMember(body, 'pageNum', 999_999)
  const pageSize = countMember(body, 'pageSize', 100)
  refuseUnknown(body, ['areaCode', 'updateTime', 'pageNum', 'pageSize'])
  const all = MATTERS_BY_AREA.get(areaCode) ?? []
  // Without a time the cancelled ones are left out; with one they are tombstones.
  const shown = all.filter(({ state, updateTime }) => (since === '' ? state !== '3' : updateTime >= since))
  return pageAnswer(office, shown, { pageNum, pageSize }, (matter) => ({
    ...listView(office, matter),
    ...extras(office),
  }))
}

function readMatter(office: Office, body: JsonObject): FlagAnswer {
  const serviceCode = textMember(body, 'serviceCode', must(digits(19, 19)))
  const areaCode = textMember(body, 'areaCode', must(isAreaCode))
  refuseUnknown(body, ['serviceCode', 'areaCode'])
  const matter = MATTERS.get(serviceCode)
  if (matter === undefined || matter.state === '3' || matter.areaCode !== areaCode) {
    throw new FlagRefusal('404')
  }
  return { result: '查询成功', data: oneOrMany(office, [detailView(office, matter)]) }
}

function listMaterials(office: Office, body: JsonObject, areaCode: string): FlagAnswer {
  const serviceCode = textMember(body, 'serviceCode', must())
  refuseUnknown(body, ['serviceCode'])
  const matter = MATTERS.get(serviceCode)
  if (matter === undefined || matter.state === '3') throw new FlagRefusal('404')
  if (matter.areaCode !== areaCode) throw new BadMember('S-Area-Code')
  const rows = [...matter.materials.values()].map((material) => ({
    ...material,
    attrSort: numberOrText(office, material.attrSort),
    amount: numberOrText(office, material.amount),
    sizeLimit: numberOrText(office, material.sizeLimit),
    ...extras(office),
  }))
  return { result: '查询成功', data: oneOrMany(office, rows) }
}

/** The catalogue (contract 4a). */
export function matterRoutes(office: Office): readonly Route[] {
  return [
    {
      operation: 'matter-list',
      method: 'POST',
      group: 'item',
      tail: '/item/queryItemList',
      style: 'json',
      answer: (body) => listMatters(office, body),
    },
    {
      operation: 'matter-detail',
      method: 'POST',
      group: 'item',
      tail: '/item/queryItemDetail',
      style: 'json',
      answer: (body) => readMatter(office, body),
    },
    {
      operation: 'material-list',
      method: 'POST',
      group: 'zzwk',
      tail: '/materialService/queryMaterial',
      style: 'json',
      answer: (body, areaCode) => listMaterials(office, body, areaCode),
    },
  ]
}
