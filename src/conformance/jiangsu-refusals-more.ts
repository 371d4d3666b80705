/** What Jiangsu’s platform must say to a request that is not right: cases, persons and papers. */
import { must, refuses, repeats } from './judge.ts'
import type { Requirement } from './model.ts'
import type { Parts } from './parts.ts'

const UNKNOWN = { codes: ['该办件未查询到'] }
const NOBODY = 'JSSZ20991231999999'

const params = ({ body }: Parts): Record<string, unknown> =>
  (body?.['params'] ?? {}) as Record<string, unknown>
const set =
  (name: string, value: unknown) =>
  (parts: Parts): void => {
    params(parts)[name] = value
  }
const drop =
  (name: string) =>
  (parts: Parts): void => {
    delete params(parts)[name]
  }

export const JIANGSU_REFUSALS_MORE: readonly Requirement[] = [
  must(
    'JS-b-init-repeat',
    '1.5',
    '同一来源编号：同一 projectguid。',
    'The same source number: the same projectguid.',
    repeats('case-init', 'projectguid'),
  ),
  must(
    'JS-b-twice',
    'b',
    '重复提交：不允许重复提交办件。',
    'Submitted twice: 不允许重复提交办件.',
    refuses('case-submit', { codes: ['不允许重复提交办件'] }, () => {}),
  ),
  must(
    'JS-b-missing',
    'b',
    '缺少申请人：参数不能为空。',
    'Without an applicant: 参数不能为空.',
    refuses('case-submit', { codes: ['参数不能为空:applyername'] }, drop('applyername')),
  ),
  must(
    'JS-b-late',
    'b',
    '办结后补正：当前办件状态不允许补正。',
    'A correction after the end: 当前办件状态不允许补正.',
    refuses('case-resubmit', { codes: ['当前办件状态不允许补正'] }, () => {}),
  ),
  must(
    'JS-c-unknown',
    'c',
    '未知办件：该办件未查询到。',
    'An unknown case: 该办件未查询到.',
    refuses('case-query', UNKNOWN, set('flowsn', NOBODY)),
  ),
  must(
    'JS-c-other',
    'c',
    '他人证件：该办件未查询到。',
    'Another’s document: 该办件未查询到.',
    refuses('case-query', UNKNOWN, set('certnum', '320501190001010023')),
  ),
  must(
    'JS-e-once',
    'e',
    '票据只能使用一次：000002。',
    'A ticket works once: 000002.',
    refuses('sso-exchange', { codes: ['000002'] }, () => {}),
  ),
  must(
    'JS-g-sign',
    '3.4',
    '证照签名错误：3。',
    'A wrong licence signature: 3.',
    refuses('licence-query', { codes: ['3'] }, ({ body }) => {
      if (body) body['data'] = { ...(body['data'] as object), ywh: 'OTHER12345678' }
    }),
  ),
  must(
    'JS-j-missing',
    'j',
    '缺少证件号：参数不能为空。',
    'Without the number of a document: 参数不能为空.',
    refuses('case-list', { codes: ['参数不能为空:certnum'] }, drop('certnum')),
  ),
  must(
    'JS-k-area',
    'k',
    '未知区划：区划代码不存在。',
    'An unknown area code: 区划代码不存在.',
    refuses('window-list', { codes: ['区划代码不存在'] }, set('areacode', '329900')),
  ),
  must(
    'JS-l-twice',
    'l',
    '重复撤回：当前办件状态不允许撤销。',
    'A second withdrawal: 当前办件状态不允许撤销.',
    refuses('case-withdraw', { codes: ['当前办件状态不允许撤销'] }, () => {}),
  ),
  must(
    'JS-l-unknown',
    'l',
    '撤回未知办件：该办件未查询到。',
    'The withdrawal of an unknown case: 该办件未查询到.',
    refuses('case-withdraw', UNKNOWN, set('flowsn', NOBODY)),
  ),
  must(
    'JS-m-unknown',
    'm',
    '未知办件的结果：该办件未查询到。',
    'The result of an unknown case: 该办件未查询到.',
    refuses('case-result', UNKNOWN, set('flowsn', NOBODY)),
  ),
  must(
    'JS-m-file',
    'm',
    '未知结果文件：结果文件不存在。',
    'An unknown result file: 结果文件不存在.',
    refuses(
      'case-result',
      { codes: ['结果文件不存在'] },
      set('attachguid', '00000000-0000-0000-0000-000000000000'),
    ),
  ),
]
