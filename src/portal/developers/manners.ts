/** How the API is spoken to: what holds of all its operations, in both languages. */
import { html } from 'hono/html'
import { LIMITS } from '../../config.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { listing } from './words.ts'

export interface Chapter {
  readonly id: string
  readonly title: string
  readonly text: Html
}

const TOKEN_MINUTES = LIMITS.tokenMs / 60_000
const MIB = 1024 * 1024

const TOKEN = `TOKEN=$(npm run -s delta -- token --gateway "$GATEWAY" \\
  --client sandbox-shanghai --key .data/sandbox-clients.json --scope "cases convert events")
curl -H "Authorization: Bearer $TOKEN" "$GATEWAY/api/v1/cases"`

export function chapters(reader: Reader): readonly Chapter[] {
  return [...first(reader), ...writing(reader), ...reading(reader)]
}

const first = ({ say }: Reader): readonly Chapter[] => [
  {
    id: 'first',
    title: say('第一次调用', 'The first call'),
    text: html`<p>${say('目录是公开的, 不要令牌:', 'The directory is public and needs no token:')}</p>${listing('export GATEWAY=http://localhost:8080\ncurl "$GATEWAY/api/v1/cities/330100"', say('第一次调用', 'The first call'))}
<p>${say('地址、成员名都是英文; JSON, UTF-8, 驼峰式; 时刻按 RFC 3339 写明时区; 区划用六位 GB/T 2260 代码。', 'JSON in UTF-8 with camelCase members; moments after RFC 3339 with their offset; places as six digits after GB/T 2260.')}</p>`,
  },
  {
    id: 'tokens',
    title: say('令牌', 'Tokens'),
    text: html`<p>${say(html`接入系统用自己的私钥证明身份: 向 <code>/oidc/token</code> 以 <code>client_credentials</code> 和 <code>private_key_jwt</code> 取令牌 (RFC 7523), ${TOKEN_MINUTES} 分钟有效; 可用 DPoP 绑定密钥 (RFC 9449)。`, html`A system shows who it is with its own private key: a token from <code>/oidc/token</code> by <code>client_credentials</code> and <code>private_key_jwt</code> (RFC 7523), good for ${TOKEN_MINUTES} minutes; DPoP binds it to a key (RFC 9449).`)}</p>${listing(TOKEN, say('取令牌', 'Getting a token'))}
<p>${say('代表本人的令牌来自本人登录 (OpenID Connect, PKCE, PAR), 或者用地区的登录凭证交换 (RFC 8693)。', 'A token for a person comes of their log-in (OpenID Connect with PKCE and PAR), or of a region’s ticket by token exchange (RFC 8693).')}</p>`,
  },
]

const writing = ({ say }: Reader): readonly Chapter[] => [
  {
    id: 'writing',
    title: say('写入: 幂等、试运行、版本', 'Writing: keys, trials, versions'),
    text: html`<ul>
<li>${say(html`<code>Idempotency-Key</code>: 同一个键和内容得到第一次的回答, 并带 <code>Idempotency-Replayed: true</code>; 保留七天, 各接入方互不可见。断线后用同一个键再发。`, html`<code>Idempotency-Key</code>: the same key and body get the first answer again, with <code>Idempotency-Replayed: true</code>. It is kept for seven days and seen by nobody else. After a lost answer send the same key.`)}</li>
<li>${say(html`<code>?dryRun=true</code>: 做全部检查, 什么也不留下。`, html`<code>?dryRun=true</code>: every check is made, and nothing is left behind.`)}</li>
<li>${say(html`<code>If-Match</code>: 改办件时带上读到的 <code>ETag</code>; 缺了是 428, 过时是 412。`, html`<code>If-Match</code>: a change of a case brings the <code>ETag</code> that was read; without it 428, with an old one 412.`)}</li>
<li>${say(`正文不超过 ${LIMITS.bodyBytes / MIB} MiB, 文件不超过 ${LIMITS.fileBytes / MIB} MiB。`, `A body has at most ${LIMITS.bodyBytes / MIB} MiB, a file ${LIMITS.fileBytes / MIB} MiB.`)}</li></ul>`,
  },
  {
    id: 'failures',
    title: say('没有成功时', 'When it does not succeed'),
    text: html`<p>${say(html`回答是 <code>application/problem+json</code> (RFC 9457): <code>code</code> 固定不变, <code>errors</code> 用 JSON 指针指出您发来的哪一项不对, <code>retry</code> 说明同一请求稍后能否成功。`, html`The answer is <code>application/problem+json</code> (RFC 9457): <code>code</code> never changes, <code>errors</code> point into what you sent, <code>retry</code> says whether the same request may do later.`)} <a href="/problems">${say('问题代码', 'Problem codes')}</a></p>
<p>${say(html`每个回答有 <code>X-Request-Id</code>; <code>RateLimit</code> 和 <code>Retry-After</code> 是真的。`, html`Every answer has its <code>X-Request-Id</code>; <code>RateLimit</code> and <code>Retry-After</code> are true.`)}</p>`,
  },
]

const reading = ({ say }: Reader): readonly Chapter[] => [
  {
    id: 'pages',
    title: say('分页', 'Pages of a list'),
    text: html`<p>${say(html`<code>?limit=</code> 每页几项 (默认 20, 最多 100); 回答里的 <code>nextCursor</code> 放进 <code>?cursor=</code> 得到下一页, <code>null</code> 表示没有了; 响应头 <code>Link</code> 说的一样。`, html`<code>?limit=</code> items a page (20 unless told, 100 at most); <code>nextCursor</code> of the answer goes into <code>?cursor=</code> for the next page, and is <code>null</code> at the end; the header <code>Link</code> says the same.`)}</p>
<p>${say('问许多城市的列表带 completeness: 没有回答的城市会说明, 从不当作“没有办件”。', 'A list that asks many cities has its completeness: a city that did not answer is named, and never counted as having nothing.')}</p>`,
  },
  {
    id: 'events',
    title: say('事件', 'Events'),
    text: html`<p>${say(html`三种办法: <a href="/docs/operations/readFeed">事件流接口</a> 按提交顺序给出全部事件, 任何位置都能接着读; <a href="/docs/operations/subscribe">推送</a> 是 CloudEvents 1.0, 按 Standard Webhooks 签名, 说明在 <a href="/asyncapi.json">asyncapi.json</a>; 一个办件的经过也可以用 <code>Accept: text/event-stream</code> 读。`, html`Three ways: the <a href="/docs/operations/readFeed">feed</a> has every event in commit order and goes on from any cursor; <a href="/docs/operations/subscribe">webhooks</a> are CloudEvents 1.0, signed after Standard Webhooks, described in <a href="/asyncapi.json">asyncapi.json</a>; and the timeline of one case can be read with <code>Accept: text/event-stream</code>.`)}</p>`,
  },
  {
    id: 'dialects',
    title: say('说自己的格式', 'Speaking one’s own dialect'),
    text: html`<p>${say(html`任何地区都可以用自己的字段和代码: <code>Content-Type: application/json; profile=zhejiang</code> 写, <code>Accept: application/json; profile=zhejiang</code> 读。每个字段怎么对应, 见 <a href="/docs/regions">四地字段对应</a>。`, html`Any region may use its own fields and codes: <code>Content-Type: application/json; profile=zhejiang</code> to write, <code>Accept: application/json; profile=zhejiang</code> to read. How each field maps is told of <a href="/docs/regions">each region</a>.`)}</p>`,
  },
]
