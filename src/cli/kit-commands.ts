/** Commands of the integrators' kit: what proves a platform, and what makes and watches an adapter. */
import { type Command, command, later } from './command.ts'

export const KIT_COMMANDS: Readonly<Record<string, Command>> = {
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
}
