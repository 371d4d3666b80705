/** Every command: what runs it, what it takes, and one sentence in both languages. */
import type { Args, Said } from './args.ts'
import { program } from './programs.ts'

/** One command. */
export interface Command {
  readonly run: (args: Args) => Promise<Said>
  /** What stands behind its name. */
  readonly usage: string
  readonly zh: string
  readonly en: string
}

const AT_GATEWAY = '[--gateway URL] [--client ID] [--key FILE]'

const command = (run: Command['run'], usage: string, zh: string, en: string): Command => ({
  run,
  usage,
  zh,
  en,
})

/** A command is read only when it is asked for: the help must not wait for all of them. */
const later =
  <N extends string>(read: () => Promise<Readonly<Record<N, Command['run']>>>, name: N): Command['run'] =>
  async (args) =>
    (await read())[name](args)

/** By name, in the order in which the help tells them. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  start: command(
    program('main'),
    '',
    '启动网关, 没有 REGION_DIRECTORY 时带上四个模拟地区',
    'starts the gateway, with the played regions where no REGION_DIRECTORY is given',
  ),
  sandbox: command(program('sandbox'), '', '只启动四个模拟地区', 'starts the played regions alone'),
  tour: command(
    program('tour'),
    '',
    '在运行中的网关上走一遍四个方向的办理',
    'files, follows and concludes in four directions at a running gateway',
  ),
  doctor: command(
    later(() => import('./doctor.ts'), 'doctor'),
    '',
    '检查配置、密钥、数据库、时钟和各地区, 说明怎样改',
    'checks configuration, keys, database, clocks and regions, and says what to do',
  ),
  convert: command(
    later(() => import('./convert.ts'), 'convert'),
    `--kind matter|application|case --from PROFILE --to PROFILE [--division CODE] FILE ${AT_GATEWAY}`,
    '把一份报文换成另一地区的写法, 附账目与损失',
    'converts a document, with its ledger and losses',
  ),
  file: command(
    later(() => import('./file.ts'), 'file'),
    `[--dry-run] [--idempotency-key KEY] FILE ${AT_GATEWAY}`,
    '投递一份申请 (--dry-run 只看会怎样)',
    'files an application; with --dry-run only tells what would happen',
  ),
  'cases list': command(
    later(() => import('./file.ts'), 'listCases'),
    `[--limit N] ${AT_GATEWAY}`,
    '列出本系统的办件',
    'lists the client’s cases',
  ),
  'cases show': command(
    later(() => import('./file.ts'), 'showCase'),
    `--case ID ${AT_GATEWAY}`,
    '一个办件现在怎样, 以及经过',
    'tells how a case stands, and its timeline',
  ),
  'cases rebuild': command(
    later(() => import('./cases.ts'), 'rebuild'),
    '[--case ID] [--dry-run]',
    '由时间线重建办件; 有断裂时以 1 结束',
    'makes the rows again of their timelines; ends with 1 when one is broken',
  ),
  'cases drift': command(
    later(() => import('./cases.ts'), 'drift'),
    '',
    '列出地区与本网关看法不同之处',
    'lists where views of regions and ours differ, or did',
  ),
  'cases strays': command(
    later(() => import('./cases.ts'), 'strays'),
    '',
    '列出找不到办件的消息',
    'lists news of cases that nobody here knows',
  ),
  conformance: command(
    later(() => import('./conformance.ts'), 'conformance'),
    '--region REGION --url URL --credentials FILE [--clerk URL] [--out DIR] | --region REGION --credentials FILE (--callback FILE | --listen [HOST:]PORT [--for SECONDS] [--clock URL] [--url URL --clerk URL])',
    '按地区契约检测平台, 或检测它的回调; 有不符时以 1 结束',
    'judges a platform by its region’s contract, or the callbacks that it sent; ends with 1 when one is broken',
  ),
  'contracts diff': command(
    later(() => import('./contracts.ts'), 'contractsDiff'),
    '--region REGION --message application|matter|case [--exchanges FILE] OLD NEW',
    '地区改了报文格式, 谁会受影响 (OLD、NEW 是 JSON Schema 文件, current 是现用的)',
    'who breaks when a region changes a document (JSON Schema files; current is the one in use)',
  ),
  replay: command(
    later(() => import('./replay.ts'), 'replayAll'),
    '[--file FILE] [--region REGION]',
    '用现在的代码重新转换录下的交换, 逐项说出不同之处; 有不同时以 1 结束',
    'converts recorded exchanges again with the code as it is, and tells what differs field by field; ends with 1 when something does',
  ),
  'replay export': command(
    later(() => import('./replay.ts'), 'exportRecord'),
    '--out FILE [--region REGION]',
    '把录下的交换 (不含个人信息) 写入文件, 一行一次',
    'writes recorded exchanges, which have no person in them, to a file, one a line',
  ),
  canary: command(
    later(() => import('./canary.ts'), 'lookOnce'),
    '[--region REGION] [--accept]',
    '立即看一遍各地区的报文有没有变化, 有变化时以 1 结束; --accept 把现有变化视为正常',
    'looks now whether regions’ documents are what they were, and ends with 1 when one is not; --accept takes what is found as right',
  ),
  token: command(
    later(() => import('./token.ts'), 'token'),
    `--client ID --key FILE [--scope "cases convert"] [--gateway URL]`,
    '取一个访问令牌',
    'prints an access token',
  ),
  exchange: command(
    later(() => import('./exchange.ts'), 'exchange'),
    '--client ID --key FILE --region REGION --ticket TICKET | --account ACCOUNT [--audience PLACE --scope …]',
    '把地区的登录凭证换成本人的令牌',
    'exchanges a region’s log-in for a token of that person',
  ),
  'adapter new': command(
    later(() => import('./adapter/new.ts'), 'newAdapter'),
    'ID --zh NAME --division CODE [--en NAME]',
    '为一个新地区生成文件夹: 可编译, 每项未完成都有一条红的测试',
    'makes a folder for a new region: it compiles, with a red test for each thing that is missing',
  ),
  'adapter city': command(
    later(() => import('./adapter/city.ts'), 'newCity'),
    'DIVISION',
    '为与本省写法不同的城市生成文件夹',
    'makes a folder for a city that speaks otherwise than its province',
  ),
  'keys init': command(
    later(() => import('./keys.ts'), 'initKeys'),
    '--out FILE',
    '生成 KEYS_FILE',
    'makes a KEYS_FILE',
  ),
  'keys rotate': command(
    later(() => import('./keys.ts'), 'rotateKeys'),
    '[--kind signing|sealing|index] [--file FILE]',
    '运行中换钥, 旧钥仍有效',
    'new keys while the gateway runs; the old ones still count',
  ),
  'clients add': command(
    later(() => import('./clients.ts'), 'addClient'),
    '--directory FILE --id ID [--name NAME] [--scope "cases convert"] [--grants "client_credentials …"] [--redirect-uris "https://…"] [--purposes "hotel"] [--divisions "320500"] --key-out FILE',
    '登记一个调用方, 生成它的密钥',
    'adds a client with keys of its own',
  ),
  'clients rotate': command(
    later(() => import('./clients.ts'), 'rotateClient'),
    '--directory FILE --id ID --key-out FILE',
    '给调用方换新签名钥, 前一把保留一轮',
    'gives a client a new signing key; the one before still counts until the next rotation',
  ),
  'clients test': command(
    later(() => import('./clients.ts'), 'testClient'),
    AT_GATEWAY,
    '以调用方身份取令牌并调用一次, 说明哪一步不通',
    'gets a token as the client and makes one call, and says which step fails',
  ),
  'clerks add': command(
    later(() => import('./clerks.ts'), 'addDeskClerk'),
    '--client ID --name NAME --division CODE',
    '登记窗口人员, 给出一次性链接',
    'prints a link by which a clerk of a window comes in, once',
  ),
  'clerks link': command(
    later(() => import('./clerks.ts'), 'relinkDeskClerk'),
    '--id CLERK',
    '手机或电脑丢失后换新链接',
    'a new link, when the phone or the computer is gone',
  ),
  'clerks list': command(
    later(() => import('./clerks.ts'), 'listDeskClerks'),
    '--client ID',
    '列出窗口人员',
    'lists its clerks',
  ),
  'clerks revoke': command(
    later(() => import('./clerks.ts'), 'revokeDeskClerk'),
    '--id CLERK',
    '立即停用窗口人员',
    'takes a clerk off at once',
  ),
  'counter link': command(
    later(() => import('./counter.ts'), 'linkDesk'),
    '--client ID',
    '把一个浏览器设为柜台',
    'prints a link that makes a browser a desk of that client',
  ),
  'counter list': command(
    later(() => import('./counter.ts'), 'listDesks'),
    '--client ID',
    '列出柜台',
    'lists its desks',
  ),
  'counter revoke': command(
    later(() => import('./counter.ts'), 'revokeDesk'),
    '--client ID | --id DESK',
    '停用柜台',
    'revokes all desks of a client, or one',
  ),
  'operators link': command(
    later(() => import('./operators.ts'), 'linkOperations'),
    '',
    '给一个浏览器看运行页',
    'prints a link that lets one browser see the operations page',
  ),
  'operators list': command(
    later(() => import('./operators.ts'), 'listOperations'),
    '',
    '列出链接与进入者',
    'lists links and who was let in',
  ),
  'operators revoke': command(
    later(() => import('./operators.ts'), 'revokeOperations'),
    '--id ID | --id all',
    '停用一个或全部',
    'ends one, or all',
  ),
  'identity conflicts': command(
    later(() => import('./identity.ts'), 'listConflicts'),
    '',
    '列出姓名不一致的账号',
    'lists accounts whose name differs from the known one',
  ),
  'identity decide': command(
    later(() => import('./identity.ts'), 'decide'),
    '--id CONFLICT --as same|other',
    '认定是否同一人',
    'lets one log in, or keeps it out',
  ),
  'audit verify': command(
    later(() => import('./audit.ts'), 'verify'),
    '',
    '核对全部访问记录; 有问题时以 1 结束',
    'checks every record of access; ends with 1 on a finding',
  ),
  'audit questions': command(
    later(() => import('./audit.ts'), 'listQuestions'),
    '',
    '列出当事人对访问记录的提问',
    'lists what people ask of the gateway about its looks',
  ),
  'audit answer': command(
    later(() => import('./audit.ts'), 'answer'),
    '--id QUESTION --text TEXT',
    '答复一条提问',
    'answers one',
  ),
}
