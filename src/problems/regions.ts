/** Problems of regions and their answers, and our own. A code is never renamed: clients switch on it. */
import { type Problem, problem } from './problem.ts'

export const REGION_PROBLEMS = {
  REGION_UNAVAILABLE: problem(
    503,
    'region',
    true,
    ['该地区暂时没有应答', 'The region does not answer'],
    ['稍后再试; 已提交的申请会自动重发', 'Try later; a filed application is sent again by itself'],
  ),
  REGION_BUSY: problem(
    503,
    'region',
    true,
    ['该地区系统繁忙', 'The region is busy'],
    ['稍后再试', 'Try later'],
  ),
  REGION_AUTH: problem(
    502,
    'gateway',
    true,
    ['与该地区的身份校验失败', 'The region refuses our credentials'],
    ['联系网关运维', 'Tell the operators of the gateway'],
  ),
  REGION_REJECTED: problem(
    422,
    'region',
    false,
    ['该地区未接受', 'The region did not take it'],
    ['按其说明改正', 'Correct what it names'],
  ),
  REGION_ANSWER_INVALID: problem(
    502,
    'region',
    true,
    ['该地区的应答不符合约定', 'The region answered against its contract'],
    ['稍后再试', 'Try later'],
  ),
  STATUS_UNKNOWN: problem(
    502,
    'region',
    false,
    ['不认识的状态代码', 'The region sent a status code that we do not know'],
    ['保留原值, 等待核实', 'It is kept as it came; somebody looks at it'],
  ),
  FIELD_UNREADABLE: problem(
    422,
    'caller',
    false,
    ['字段缺失或无法读取', 'A field is missing or cannot be read'],
    ['改正所列字段', 'Correct the field that is named'],
  ),
  CODE_UNKNOWN: problem(
    422,
    'caller',
    false,
    ['不认识的代码', 'The code is not known'],
    ['使用代码表所列值', 'Use a value of the code table'],
  ),
  CONFIGURATION_INVALID: problem(
    500,
    'gateway',
    false,
    ['配置有误', 'The configuration is wrong'],
    ['改正所列变量', 'Correct the named variable'],
  ),
  INTERNAL: problem(
    500,
    'gateway',
    true,
    ['网关内部错误', 'The gateway failed'],
    ['凭请求编号报告', 'Report it with its request id'],
  ),
} satisfies Record<string, Problem>
