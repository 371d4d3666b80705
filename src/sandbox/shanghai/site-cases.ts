/** The cases that test persons filed in Shanghai directly (contract section 8): bare numbers, no callbacks. */

import { eventTime, type Office, openKey, personKey } from './office.ts'
import { newApply } from './saving.ts'
import { matterOf } from './state.ts'
import { addStep } from './steps.ts'

interface SiteCase {
  readonly itemCode: string
  readonly name: string
  readonly number: string
  readonly mobile: string
  readonly areaCode: string
  readonly words: readonly string[]
}

const CASES: readonly SiteCase[] = [
  {
    itemCode: '312099003000',
    name: '测试甲',
    number: '310101190001010011',
    mobile: '10000000000',
    areaCode: '310115',
    words: ['待预审', '预审通过', '收件', '受理', '审批', '通过', '办结'],
  },
  {
    itemCode: '312099007000',
    name: '测试甲',
    number: '310101190001010011',
    mobile: '10000000000',
    areaCode: 'SH00SH',
    words: ['待预审', '预审通过', '收件', '受理', '审批'],
  },
  {
    itemCode: '312099004000',
    name: '测试丁',
    number: '340103190304040048',
    mobile: '10000000003',
    areaCode: '310101',
    words: ['待预审', '预审不通过'],
  },
]

/** Files them, in their states. */
export function fileSiteCases(office: Office): void {
  CASES.forEach((one, place) => {
    const applyNo = `20260105${String(place + 1).padStart(7, '0')}`
    const apply = newApply(applyNo, one.itemCode)
    office.state.applies[applyNo] = apply
    apply.areaCode = one.areaCode
    apply.status = '暂存'
    apply.body = {
      taskHandleItem: matterOf(one.itemCode)?.detail.taskHandleItem ?? '',
      targetType: '个人',
      targetName: one.name,
      targetNo: one.number,
      username: one.name,
      licenseType: '居民身份证',
      licenseNo: one.number,
      mobile: one.mobile,
    }
    for (const word of one.words) {
      const opTime = eventTime(office, apply)
      if (apply.sbTime === '') {
        apply.sbTime = opTime
        apply.submitTime = opTime
      }
      addStep(office, apply, word, { who: word === '待预审' ? one.name : '示例经办人', remark: '' }, opTime)
    }
    office.state.open[openKey(one.itemCode, one.number)] = applyNo
    const person = personKey('居民身份证', one.number)
    office.state.byPerson[person] = [...(office.state.byPerson[person] ?? []), applyNo]
  })
}
