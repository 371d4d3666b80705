/** Problems of the feed and of webhooks. A code is never renamed: clients switch on it. */
import { type Problem, problem } from './problem.ts'

export const EVENT_PROBLEMS = {
  CURSOR_FOREIGN: problem(
    400,
    'caller',
    false,
    ['游标不是发给该客户端的', 'The cursor was not given to this client'],
    ['游标来自别的接入方, 或者被改动。', 'The cursor was given to another client, or was changed.'],
    ['使用本接口返回给自己的 nextCursor', 'Use a nextCursor that this client was given'],
  ),
  CLIENT_REQUIRED: problem(
    403,
    'caller',
    false,
    ['该接口只供系统自身使用', 'This is for a client that calls for itself'],
    [
      '令牌代表某个人, 而订阅和事件流属于系统。',
      'The token stands for a person, and subscriptions and the feed belong to systems.',
    ],
    ['用 client_credentials 取得的令牌', 'Use a token from client_credentials'],
  ),
  SUBSCRIPTION_NOT_FOUND: problem(
    404,
    'caller',
    false,
    ['没有这个订阅', 'There is no such subscription'],
    ['标识写错了, 或已取消, 或是别的接入方的。', 'The id is wrong, was ended, or is another client’s.'],
    ['在 /api/v1/subscriptions 中查看', 'Look in /api/v1/subscriptions'],
  ),
  SUBSCRIPTIONS_TOO_MANY: problem(
    409,
    'caller',
    false,
    ['订阅数已达上限', 'The client has as many subscriptions as it may'],
    ['一个接入方最多二十个订阅。', 'A client has twenty subscriptions at most.'],
    ['先删除不用的订阅', 'Delete one that is not used'],
  ),
  WEBHOOK_ADDRESS_REFUSED: problem(
    422,
    'caller',
    false,
    ['不能向该地址推送', 'Nothing is posted to that address'],
    [
      '地址不是 https, 主机没有登记, 或者指向内部网络。',
      'The address is not https, its host is not registered, or it leads into a private network.',
    ],
    [
      '使用 https, 主机须在客户端目录的 webhook_hosts 中, 且不指向内部地址',
      'Use https and a host that webhook_hosts of the client directory lists, which leads to no internal address',
    ],
  ),
} satisfies Record<string, Problem>
