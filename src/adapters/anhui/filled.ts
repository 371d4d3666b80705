/** Members of an application that the matter, the configuration or the gateway tells, and that no applicant can. */

import type { Application } from '../../schemas/application.ts'
import { atMost, inOnePiece } from '../kit/codecs.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import type { Filled } from '../kit/table.ts'
import { CASE_TYPE_LABELS, caseType } from './codes.ts'
import type { Flat } from './flat.ts'
import { unidOf } from './numbers.ts'

const PROJECT_NAME_LENGTH = 200
const fromMatter = '由事项得知'
const constant = '常量'
const platform = '只在来源系统内有意义'
const option =
  (name: string) =>
  ({ options }: ApplicationContext): string =>
    String(options[name] ?? '')
const codeOfType = ({ matter }: ApplicationContext): string =>
  matter.handling ? caseType.codeOf(matter.handling) : ''

/** Each with the way it is made, and why it is not kept when it is read. */
export const filled: readonly Filled<Flat, ApplicationContext, Application>[] = [
  { wire: 'CALLER', label: '调用方', rule: 'option.caller', dropped: platform, value: option('caller') },
  {
    wire: 'CALLBACK_URL',
    label: '回调地址',
    rule: 'option.callbackUrl',
    dropped: platform,
    value: option('callbackUrl'),
  },
  { wire: 'ISSUE', label: '专题', rule: 'option.issue', dropped: platform, value: option('issue') },
  {
    wire: 'UNID',
    label: '申请标识',
    rule: 'UNID',
    dropped: '网关为每份申请另编标识',
    value: ({ sourceNumber }) => unidOf(sourceNumber),
  },
  {
    wire: 'PROJID',
    label: '办件编号',
    rule: 'given by projIdFeedback',
    dropped: '办件编号由安徽给出',
    value: () => '',
  },
  {
    wire: 'PROJPWD',
    label: '查询密码',
    rule: 'secret',
    dropped: '密码不保留',
    value: () => '',
  },
  {
    wire: 'SERVICENAME',
    label: '事项名称',
    rule: 'matter.name',
    dropped: fromMatter,
    value: ({ matter }) => matter.name.zh,
  },
  {
    wire: 'PROJECTNAME',
    label: '办件名称',
    rule: 'applicant and matter',
    dropped: '由申请人和事项得知',
    value: ({ matter }, canon) =>
      atMost(inOnePiece('关于', canon.applicant.name, '的', matter.name.zh), PROJECT_NAME_LENGTH),
  },
  {
    wire: 'infoType',
    label: '办件类型名称',
    rule: 'matter.handling',
    dropped: fromMatter,
    value: (context) => CASE_TYPE_LABELS[codeOfType(context)] ?? '',
  },
  {
    wire: 'INFOTYPE_CODE',
    label: '办件类型',
    rule: 'matter.handling',
    dropped: fromMatter,
    value: codeOfType,
  },
  {
    wire: 'IS_MULTI',
    label: '是否联办',
    rule: 'constant 0',
    dropped: '网关的申请不属于联办',
    value: () => '0',
  },
  { wire: 'MULTI_ID', label: '联办标识', rule: 'constant ""', dropped: '网关没有联办标识', value: () => '' },
  {
    wire: 'DEPTID',
    label: '实施机构标识',
    rule: 'matter.agency.code',
    dropped: fromMatter,
    value: ({ matter }) => matter.agency?.code ?? '',
  },
  {
    wire: 'DEPTNAME',
    label: '实施机构',
    rule: 'matter.agency.name',
    dropped: fromMatter,
    value: ({ matter }) => matter.agency?.name ?? '',
  },
  {
    wire: 'RECEIVE_USEID',
    label: '收件人标识',
    rule: 'constant ""',
    dropped: '网关没有收件窗口',
    value: () => '',
  },
  {
    wire: 'RECEIVE_NAME',
    label: '收件人',
    rule: 'constant ""',
    dropped: '网关没有收件窗口',
    value: () => '',
  },
  {
    wire: 'APPLYFROM',
    label: '申请来源',
    rule: 'option.applyFrom',
    dropped: constant,
    value: option('applyFrom'),
  },
  { wire: 'handleState', label: '办件状态', rule: 'constant 01', dropped: constant, value: () => '01' },
  { wire: 'BELONGTO', label: '归属', rule: 'constant ""', dropped: platform, value: () => '' },
  { wire: 'dataState', label: '数据状态', rule: 'constant 1', dropped: constant, value: () => '1' },
  {
    wire: 'BELONGSYSTEM',
    label: '所属系统',
    rule: 'option.belongSystem',
    dropped: platform,
    value: option('belongSystem'),
  },
]
