/** Problems of regions and their answers, and our own. A code is never renamed: clients switch on it. */
import { type Problem, problem } from './problem.ts'

export const REGION_PROBLEMS = {
  REGION_UNAVAILABLE: problem(
    503,
    'region',
    true,
    ['该地区暂时没有应答', 'The region does not answer'],
    [
      '该地区的平台没有应答: 维护、网络中断, 或者网关在连续失败后暂停询问它。',
      'The region’s platform does not answer: maintenance, a broken line, or the gateway rests after failures.',
    ],
    ['稍后再试; 已提交的申请会自动重发', 'Try later; a filed application is sent again by itself'],
  ),
  REGION_BUSY: problem(
    503,
    'region',
    true,
    ['该地区系统繁忙', 'The region is busy'],
    ['该地区说自己太忙。', 'The region says that it is too busy.'],
    ['稍后再试', 'Try later'],
  ),
  REGION_AUTH: problem(
    502,
    'gateway',
    true,
    ['与该地区的身份校验失败', 'The region refuses our credentials'],
    [
      '地区目录里的凭据不对或已更换, 或者两边时钟不一致。',
      'The credentials in the region directory are wrong or were changed, or the two clocks differ.',
    ],
    ['联系网关运维', 'Tell the operators of the gateway'],
  ),
  REGION_REJECTED: problem(
    422,
    'region',
    false,
    ['该地区未接受', 'The region did not take it'],
    [
      '该地区按自己的规则拒绝了内容, facts 里有它的代码。',
      'The region refused the content by its own rules; facts has its code.',
    ],
    ['按其说明改正', 'Correct what it names'],
  ),
  REGION_ANSWER_INVALID: problem(
    502,
    'region',
    true,
    ['该地区的应答不符合约定', 'The region answered against its contract'],
    [
      '该地区的应答缺少约定的字段, 或者读不出来。',
      'The answer lacks what the contract promises, or cannot be read.',
    ],
    ['稍后再试', 'Try later'],
  ),
  STATUS_UNKNOWN: problem(
    502,
    'region',
    false,
    ['不认识的状态代码', 'The region sent a status code that we do not know'],
    [
      '该地区用了约定之外的状态代码; 网关不猜测。',
      'The region used a status that its contract does not name; the gateway does not guess.',
    ],
    ['保留原值, 等待核实', 'It is kept as it came; somebody looks at it'],
  ),
  FIELD_UNREADABLE: problem(
    422,
    'caller',
    false,
    ['字段缺失或无法读取', 'A field is missing or cannot be read'],
    [
      '以地区格式发来的内容缺少一项, 或写法读不出来。',
      'A document in a region’s dialect lacks a field, or has one that cannot be read.',
    ],
    ['改正所列字段', 'Correct the field that is named'],
  ),
  CODE_UNKNOWN: problem(
    422,
    'caller',
    false,
    ['不认识的代码', 'The code is not known'],
    [
      '以地区格式发来的内容里有代码表之外的代码。',
      'A document in a region’s dialect has a code that is in no table.',
    ],
    ['使用代码表所列值', 'Use a value of the code table'],
  ),
  CONFIGURATION_INVALID: problem(
    500,
    'gateway',
    false,
    ['配置有误', 'The configuration is wrong'],
    [
      '环境变量、配置文件或命令行选项有误, 进程不会启动。',
      'An environment variable, a file or an option is wrong, and the process does not start.',
    ],
    ['改正所列变量', 'Correct the named variable'],
  ),
  INTERNAL: problem(
    500,
    'gateway',
    true,
    ['网关内部错误', 'The gateway failed'],
    [
      '网关自身出错, 已按请求编号记下。',
      'The gateway itself failed; it is written down under the request’s number.',
    ],
    ['凭请求编号报告', 'Report it with its request id'],
  ),
} satisfies Record<string, Problem>
