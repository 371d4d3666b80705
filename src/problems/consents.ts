/** Problems of consents, of codes that hand something over, and of who looked. A code is never renamed: clients switch on it. */
import { type Problem, problem } from './problem.ts'

export const CONSENT_PROBLEMS = {
  CONSENT_REQUIRED: problem(
    403,
    'caller',
    false,
    ['需要持有人的单独同意', 'The holder has not agreed to this'],
    [
      '没有持有人对这份材料、这一用途、这一接收方的同意。',
      'There is no consent of the holder for this item, this purpose and this receiver.',
    ],
    [
      '先请持有人就这件事、这一接收方单独同意',
      'Let the holder agree first: to this purpose, this matter and this receiver',
    ],
  ),
  CONSENT_WITHDRAWN: problem(
    403,
    'caller',
    false,
    ['持有人已撤回同意, 或同意已到期', 'The holder has withdrawn the consent, or it has ended'],
    [
      '同意在此之前被收回, 或过了期限; 收回立即生效。',
      'The consent was withdrawn or has ended; a withdrawal counts at once.',
    ],
    ['请持有人重新同意, 或改用上传的材料', 'Ask the holder again, or hand in an uploaded document'],
  ),
  CONSENT_WORDING_CHANGED: problem(
    409,
    'caller',
    true,
    ['同意书的文字与所示的不同', 'The words of the consent are not those that were shown'],
    [
      '提交的摘要与现在的同意书不一致, 或没有先展示文字。',
      'The digest is not that of the words as they are now, or the words were never shown.',
    ],
    ['重新取得文字, 展示给持有人后再提交', 'Fetch the words again, show them, and send their digest'],
  ),
  CONSENT_NOT_FOUND: problem(
    404,
    'caller',
    false,
    ['没有这项同意', 'There is no such consent'],
    ['标识写错了, 或者不是本人的同意。', 'The id is wrong, or the consent is another’s.'],
    ['检查标识; 只能看到本人的', 'Check its id; only your own are shown'],
  ),
  GUARDIAN_REQUIRED: problem(
    403,
    'caller',
    false,
    ['未满十四周岁须由监护人同意', 'Below fourteen a guardian must agree'],
    [
      '持有人未满十四周岁, 其同意还在等监护人。',
      'The holder is below fourteen, and the consent still waits for a guardian.',
    ],
    ['请监护人用自己的账号登录, 输入同意码', 'Let a guardian log in with an own account and enter the code'],
  ),
  GUARDIAN_UNFIT: problem(
    403,
    'caller',
    false,
    ['此账号不能作为监护人同意', 'This account cannot agree as a guardian'],
    [
      '登录的是孩子本人、未成年人, 或代表单位的账号。',
      'The child itself is logged in, or somebody below eighteen, or an account of a firm.',
    ],
    [
      '须由另一位年满十八周岁、实名等级足够的人登录同意',
      'Another person of full age with a sufficient level must agree',
    ],
  ),
  GRANT_UNKNOWN: problem(
    404,
    'caller',
    false,
    ['没有这个取件码', 'There is no such code for you'],
    [
      '取件码写错了, 或者是给另一个接收方的: 不加区分。',
      'The code is wrong, or for another receiver: the two are not told apart.',
    ],
    [
      '核对取件码、接收方与用途, 或请持有人重新生成',
      'Check code, receiver and purpose, or ask the holder for a new one',
    ],
  ),
  GRANT_USED: problem(
    410,
    'caller',
    false,
    ['取件码已经用过', 'The code was used before'],
    ['取件码只能用一次。', 'A code works once.'],
    ['请持有人重新生成', 'Ask the holder for a new one'],
  ),
  GRANT_ENDED: problem(
    410,
    'caller',
    false,
    ['取件码已过期', 'The code has ended'],
    ['取件码五分钟后失效。', 'A code ends after five minutes.'],
    ['请持有人重新生成', 'Ask the holder for a new one'],
  ),
  RECEIVER_UNFIT: problem(
    422,
    'caller',
    false,
    ['接收方不能接收', 'The receiver cannot receive this'],
    [
      '接收方不在客户端目录中, 没有相应权限, 或没有加密公钥。',
      'The receiver is not in the client directory, lacks the scope, or has no key to encrypt to.',
    ],
    [
      '接收方须在客户端目录中, 有相应权限, 并有加密公钥 (use=enc)',
      'The receiver must be a client with the scope and a public key for encryption (use=enc)',
    ],
  ),
  ACCESS_NOT_FOUND: problem(
    404,
    'caller',
    false,
    ['没有这条查看记录', 'There is no such record of access'],
    ['记录不是本人的, 或已过保存期。', 'The record is another’s, or its time is over.'],
    [
      '检查标识; 只能看到本人的, 过了保存期的已删除',
      'Check its id; only your own are shown, and old ones are forgotten',
    ],
  ),
  QUESTION_ASKED: problem(
    409,
    'caller',
    false,
    ['这条记录已经问过了', 'This record has been asked about'],
    ['已经就这条记录问过一次。', 'The record was asked about before.'],
    ['每条记录可问一次; 在查看记录中看答复', 'One question a record: the answer appears beside the record'],
  ),
  QUESTION_TO_ONESELF: problem(
    409,
    'caller',
    false,
    ['这是您本人的查看', 'This was your own look'],
    ['查看的人就是您自己。', 'Whoever looked was you.'],
    ['只能就他人的查看提问', 'Ask about looks of others'],
  ),
  QUESTION_NOT_FOUND: problem(
    404,
    'caller',
    false,
    ['没有问给您的这个问题', 'No such question was put to you'],
    ['问题不是问给该接入方的。', 'The question was not put to this client.'],
    ['检查标识; 只有被问的一方可以答复', 'Check its id; only the body that was asked can answer'],
  ),
  QUESTION_ANSWERED: problem(
    409,
    'caller',
    false,
    ['这个问题已经答复', 'This question has been answered'],
    ['同一问题已经答复过。', 'The question was answered before.'],
    ['答复不能更改', 'An answer is not changed'],
  ),
  QUESTION_FOR_THE_BODY: problem(
    403,
    'caller',
    false,
    ['由被问的一方自己办理', 'Questions are for the body itself'],
    [
      '令牌代表某个人, 而问题是问给单位的。',
      'The token stands for a person, and questions are put to a body.',
    ],
    ['用接入方自己的令牌, 不用某个人的', 'Use a token of the client itself, not one for a person'],
  ),
} satisfies Record<string, Problem>
