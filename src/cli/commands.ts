/** Every command. */
import { type Command, command, later } from './command.ts'
import { KIT_COMMANDS } from './kit-commands.ts'
import { program } from './programs.ts'

const AT_GATEWAY = '[--gateway URL] [--client ID] [--key FILE]'

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
  ...KIT_COMMANDS,
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
