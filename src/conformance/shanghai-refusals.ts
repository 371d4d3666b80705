/** What Shanghai’s platform must say to a request that is not right: what is wrong, unknown or repeated. */
import { completes, must, refuses, repeats, speaksUtf8 } from './judge.ts'
import type { Requirement } from './model.ts'
import type { Parts } from './parts.ts'

const NOBODY = 'CSJ209912319999999'
const PARAM = { codes: ['PARAM_ERROR'] }
const UNKNOWN = { codes: ['APPLY_NOT_FOUND'] }

const set =
  (name: string, value: unknown) =>
  ({ body }: Parts): void => {
    if (body) body[name] = value
  }
const drop =
  (name: string) =>
  ({ body }: Parts): void => {
    delete body?.[name]
  }

export const SHANGHAI_REFUSALS: readonly Requirement[] = [
  must('SH-1-charset', '1', '应答为 UTF-8 的 JSON。', 'Answers are JSON in UTF-8.', speaksUtf8),
  must(
    'SH-3.1-secret',
    '3.1',
    '密钥错误：HTTP 200 与 invalid_client。',
    'A wrong secret: HTTP 200 and invalid_client.',
    refuses('token', { codes: ['invalid_client'] }, set('clientSecret', 'WRONG')),
  ),
  must(
    'SH-3.1-client',
    '3.1',
    '未知客户端：HTTP 401。',
    'An unknown client: HTTP 401.',
    refuses('token', { codes: ['invalid_client'], status: 401 }, set('clientId', 'nobody')),
  ),
  must(
    'SH-3.1-missing',
    '3.1',
    '缺少密钥：HTTP 400。',
    'Without a secret: HTTP 400.',
    refuses('token', { codes: ['invalid_request'], status: 400 }, drop('clientSecret')),
  ),
  must(
    'SH-3.2-password',
    '3.2',
    '证照账号密码错误：LOGIN_FAILED。',
    'A wrong licence password: LOGIN_FAILED.',
    refuses('licence-login', { codes: ['LOGIN_FAILED'] }, set('password', 'WRONG')),
  ),
  must(
    'SH-4.1-missing',
    '4.1',
    '缺少页码：PARAM_ERROR。',
    'Without a page: PARAM_ERROR.',
    refuses('matter-list', PARAM, drop('pageNo')),
  ),
  must(
    'SH-4.1-unknown',
    '4.1',
    '未知事项：ITEM_NOT_FOUND。',
    'An unknown matter: ITEM_NOT_FOUND.',
    refuses('matter-detail', { codes: ['ITEM_NOT_FOUND'] }, set('itemCode', '312099999000')),
  ),
  must(
    'SH-3.5-member',
    '3.5',
    '未列出的成员：PARAM_ERROR。',
    'A member that no table lists: PARAM_ERROR.',
    refuses('case-query', PARAM, set('other', '1')),
  ),
  must(
    'SH-4.2-missing',
    '4.2',
    '暂存缺少申请人：PARAM_ERROR。',
    'A draft without its applicant: PARAM_ERROR.',
    refuses('apply-save', PARAM, drop('targetName')),
  ),
  must(
    'SH-4.2-number',
    '4.2',
    '未发放的办件号：APPLY_NOT_FOUND。',
    'A number that was not given: APPLY_NOT_FOUND.',
    refuses('apply-submit', UNKNOWN, set('applyNo', NOBODY)),
  ),
  must(
    'SH-4.2-writes',
    '3.5',
    '写操作只接受 CSJ 编号：PARAM_ERROR。',
    'Writes take Delta numbers alone: PARAM_ERROR.',
    refuses('withdraw', PARAM, set('applyNo', '209912319999999')),
  ),
  must(
    'SH-4.3-unknown',
    '4.3',
    '未知办件：APPLY_NOT_FOUND。',
    'An unknown case: APPLY_NOT_FOUND.',
    refuses('case-query', UNKNOWN, set('applyNo', NOBODY)),
  ),
  must(
    'SH-4.3-steps-unknown',
    '4.3',
    '未知办件的过程：APPLY_NOT_FOUND。',
    'Steps of an unknown case: APPLY_NOT_FOUND.',
    refuses('case-process', UNKNOWN, set('applyNo', NOBODY)),
  ),
  must(
    'SH-4.2-late',
    '4.2',
    '办结后补正：STATUS_CONFLICT。',
    'A correction after the end: STATUS_CONFLICT.',
    refuses('apply-correct', { codes: ['STATUS_CONFLICT'] }, () => {}),
  ),
  must(
    'SH-4.5-once',
    '4.5',
    '登录令牌只能使用一次。',
    'A log-in token works once.',
    refuses('sso-userinfo', { codes: ['invalid_token'] }, () => {}),
  ),
  must(
    'SH-4.6-unknown',
    '4.6',
    '未知证照：CERT_NOT_FOUND。',
    'An unknown licence: CERT_NOT_FOUND.',
    refuses('licence-derive', { codes: ['CERT_NOT_FOUND'] }, set('certUuid', '0'.repeat(32))),
  ),
  must(
    'SH-4.6-audit',
    '4.6',
    '缺少审计成员：PARAM_ERROR。',
    'Without an audit member: PARAM_ERROR.',
    refuses('licence-query', PARAM, drop('businessCode')),
  ),
  must(
    'SH-4.7-name',
    '4.7',
    '姓名与证件不符：HOLDER_MISMATCH。',
    'Name and number that do not agree: HOLDER_MISMATCH.',
    refuses('photo-query', { codes: ['HOLDER_MISMATCH'] }, set('holderName', '无此人')),
  ),
  must(
    'SH-4.7-unknown',
    '4.7',
    '未知照片：PHOTO_NOT_FOUND。',
    'An unknown photo: PHOTO_NOT_FOUND.',
    refuses('photo-fetch', { codes: ['PHOTO_NOT_FOUND'] }, set('photoUuid', '0'.repeat(32))),
  ),
  must(
    'SH-4.7-case',
    '4.7',
    '换业务号取照片：NO_PERMISSION。',
    'A photo under another businessCode: NO_PERMISSION.',
    refuses('photo-fetch', { codes: ['NO_PERMISSION'] }, set('businessCode', '912345678901235')),
  ),
  must(
    'SH-4.8-twice',
    '4.8',
    '重复评价：DUPLICATE_EVALUATE。',
    'The same rating twice: DUPLICATE_EVALUATE.',
    refuses('rating-push', { codes: ['DUPLICATE_EVALUATE'] }, () => {}),
  ),
  must(
    'SH-4.8-reason',
    '4.8',
    '差评须有原因：EVALUATE_REASON_REQUIRED。',
    'A bad grade needs a reason: EVALUATE_REASON_REQUIRED.',
    refuses('rating-push', { codes: ['EVALUATE_REASON_REQUIRED'] }, set('satisfaction', '非常不满意')),
  ),
  must(
    'SH-4.10-missing',
    '4.10',
    '缺少证件号：PARAM_ERROR。',
    'Without the number of a document: PARAM_ERROR.',
    refuses('case-list', PARAM, drop('certificateNo')),
  ),
  must(
    'SH-4.11-missing',
    '4.11',
    '缺少页长：PARAM_ERROR。',
    'Without a page size: PARAM_ERROR.',
    refuses('window-list', PARAM, drop('pageSize')),
  ),
  must(
    'SH-4.12-repeat',
    '4.12',
    '重复撤回：返回首次结果。',
    'A second withdrawal: the first answer again.',
    repeats('withdraw', 'applyNo', 'status', 'opTime'),
  ),
  must(
    'SH-4.12-unknown',
    '4.12',
    '撤回未知办件：APPLY_NOT_FOUND。',
    'The withdrawal of an unknown case: APPLY_NOT_FOUND.',
    refuses('withdraw', UNKNOWN, set('applyNo', NOBODY)),
  ),
  must(
    'SH-4.13-unknown',
    '4.13',
    '未知文书：DOCUMENT_NOT_FOUND。',
    'An unknown document: DOCUMENT_NOT_FOUND.',
    refuses(
      'document-download',
      { codes: ['DOCUMENT_NOT_FOUND', 'APPLY_NOT_FOUND'] },
      set('applyNo', NOBODY),
    ),
  ),
  must(
    'SH-6-state-word',
    '5',
    '状态词均在码表内。',
    'Words of states are those of the table.',
    completes('status'),
  ),
]
