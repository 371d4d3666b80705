/** What Zhejiang’s platform must say to a request that is not right: cases, persons and papers. */
import { must, refuses, repeats } from './judge.ts'
import type { Requirement } from './model.ts'

const PARAM = { codes: ['C-AFFAIR-PARAM-INVALID'] }
const UNKNOWN = { codes: ['C-AFFAIR-PROJ-NOT-EXIST'] }
const CONFLICT = { codes: ['C-AFFAIR-STATE-CONFLICT'] }
const SHARED = { codes: ['04'] }
const NOBODY = '330101990105999999999'

export const ZHEJIANG_REFUSALS_MORE: readonly Requirement[] = [
  must(
    'ZJ-4.b.3-repeat',
    '4.b.3',
    '同一补正重复提交：返回首次结果。',
    'The same correction again: the first answer again.',
    repeats('apply-correct', 'projId', 'correctSeq', 'phaseCode', 'doAction'),
  ),
  must(
    'ZJ-4.b.3-conflict',
    '4.b.3',
    '已答复的补正换内容：C-AFFAIR-STATE-CONFLICT。',
    'An answered correction with other content: C-AFFAIR-STATE-CONFLICT.',
    refuses('apply-correct', CONFLICT, ({ body }) => {
      if (body) body['memo'] = 'changed'
    }),
  ),
  must(
    'ZJ-4.b.3-missing',
    '4.b.3',
    '补正缺少必填成员：C-AFFAIR-PARAM-INVALID。',
    'A correction without a required member: C-AFFAIR-PARAM-INVALID.',
    refuses('apply-correct', PARAM, ({ body }) => {
      delete body?.['memo']
    }),
  ),
  must(
    'ZJ-4.c.1-unknown',
    '4.c.1',
    '未知办件号：C-AFFAIR-PROJ-NOT-EXIST。',
    'An unknown number: C-AFFAIR-PROJ-NOT-EXIST.',
    refuses('case-query', UNKNOWN, ({ query }) => {
      query['projId'] = NOBODY
    }),
  ),
  must(
    'ZJ-4.c.1-password',
    '4.c.1',
    '密码错误与未知办件不可区分：C-AFFAIR-PROJ-NOT-EXIST。',
    'A wrong password is not told apart from an unknown case.',
    refuses('case-query', UNKNOWN, ({ query }) => {
      query['projPwd'] = query['projPwd'] === '000000' ? '000001' : '000000'
    }),
  ),
  must(
    'ZJ-4.c.1-missing',
    '4.c.1',
    '缺少 projPwd：C-AFFAIR-PARAM-INVALID。',
    'Without projPwd: C-AFFAIR-PARAM-INVALID.',
    refuses('case-query', PARAM, ({ query }) => {
      delete query['projPwd']
    }),
  ),
  must(
    'ZJ-4.d-unknown',
    '4.d',
    '未知附件（HTTP 200）：C-ATTACH-NOT-EXIST。',
    'An unknown file, with HTTP 200: C-ATTACH-NOT-EXIST.',
    refuses('material-download', { codes: ['C-ATTACH-NOT-EXIST'] }, ({ query }) => {
      query['attPath'] = 'oss://fake/none'
    }),
  ),
  must(
    'ZJ-4.e-ticket-once',
    '3.4',
    '票据只能使用一次。',
    'A ticket works once.',
    refuses('sso-exchange', { codes: ['C-USER-SSO-TICKET-INVALID'] }, () => {}),
  ),
  must(
    'ZJ-4.e-token',
    '3.4',
    '未知用户令牌被拒绝。',
    'An unknown user token is refused.',
    refuses('sso-userinfo', { codes: ['C-USER-SSO-TOKEN-INVALID'] }, ({ body }) => {
      if (body) body['token'] = 'debug_at_00000000000000000000000000000000'
    }),
  ),
  must(
    'ZJ-4.f-name',
    '4.f',
    '姓名与证件不符：C-PHOTO-NOT-EXIST。',
    'Name and number that do not agree: C-PHOTO-NOT-EXIST.',
    refuses('photo-query', { codes: ['C-PHOTO-NOT-EXIST'] }, ({ body }) => {
      if (body) body['userName'] = '无此人'
    }),
  ),
  must(
    'ZJ-4.f-other-number',
    '4.f',
    '换业务号取照片：C-PHOTO-NOT-EXIST。',
    'A photo under another bizNo: C-PHOTO-NOT-EXIST.',
    refuses('photo-fetch', { codes: ['C-PHOTO-NOT-EXIST'] }, ({ body }) => {
      if (body) body['bizNo'] = '912345678901235'
    }),
  ),
  must(
    'ZJ-4.g-unknown',
    '4.g',
    '未知证照标识：06。',
    'An unknown licence: 06.',
    refuses('licence-fetch', { codes: ['06'] }, ({ query }) => {
      query['certificate_source_id'] = '1.2.156.3005.2.11330000MB1TEXT0X6001.330100.999999999.001.R'
    }),
  ),
  must(
    'ZJ-4.h-twice',
    '4.h',
    '重复评价：C-EVAL-DUPLICATE。',
    'The same rating twice: C-EVAL-DUPLICATE.',
    refuses('rating-push', { codes: ['C-EVAL-DUPLICATE'] }, () => {}),
  ),
  must(
    'ZJ-4.h-reason',
    '4.h',
    '差评须有原因：C-EVAL-REASON-REQUIRED。',
    'A bad grade needs a reason: C-EVAL-REASON-REQUIRED.',
    refuses('rating-push', { codes: ['C-EVAL-REASON-REQUIRED'] }, ({ body }) => {
      if (body) body['satisfaction'] = '1'
    }),
  ),
  must(
    'ZJ-4.j-missing',
    '4.j',
    '缺少业务号：C-AFFAIR-PARAM-INVALID。',
    'Without bizNo: C-AFFAIR-PARAM-INVALID.',
    refuses('case-list', PARAM, ({ body }) => {
      delete body?.['bizNo']
    }),
  ),
  must(
    'ZJ-4.k-missing',
    '4.k',
    '缺少区划：04。',
    'Without a division: 04.',
    refuses('window-list', SHARED, ({ query }) => {
      delete query['BELONGXIAQUCODE']
    }),
  ),
  must(
    'ZJ-4.l-repeat',
    '4.l',
    '重复撤回：C-AFFAIR-STATE-CONFLICT。',
    'A second withdrawal: C-AFFAIR-STATE-CONFLICT.',
    refuses('case-withdraw', CONFLICT, () => {}),
  ),
  must(
    'ZJ-4.l-unknown',
    '4.l',
    '撤回未知办件：C-AFFAIR-PROJ-NOT-EXIST。',
    'The withdrawal of an unknown case: C-AFFAIR-PROJ-NOT-EXIST.',
    refuses('case-withdraw', UNKNOWN, ({ body }) => {
      if (body) body['projId'] = NOBODY
    }),
  ),
  must(
    'ZJ-4.m-unknown',
    '4.m',
    '未知办件的结果：C-AFFAIR-PROJ-NOT-EXIST。',
    'The result of an unknown case: C-AFFAIR-PROJ-NOT-EXIST.',
    refuses('case-result', UNKNOWN, ({ body }) => {
      if (body) body['projId'] = NOBODY
    }),
  ),
]
