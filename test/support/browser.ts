/** A real browser: the machine's Chromium where it has one, else the one that an npm package ships with its libraries. */
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { shippedBrowser } from './shipped-browser.ts'

const ARGUMENTS = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The gateway of a test lives in this process, and tells its picture library to see its own font alone: a browser must see the machine's. */
function environment(): Record<string, string> {
  const { FONTCONFIG_FILE: _ours, ...env } = process.env
  // Only members that are there are counted.
  return env as Record<string, string>
}

/** Starts it. Pages have no window; whatever they ask of the network beside this machine is refused by the machine itself. @param more arguments */
export async function startBrowser(more: readonly string[] = []): Promise<Browser> {
  const args = [...ARGUMENTS, ...more]
  const installed = INSTALLED.find((file) => existsSync(file))
  if (installed) return chromium.launch({ executablePath: installed, args, env: environment() })
  const { executablePath, env } = await shippedBrowser()
  return chromium.launch({ executablePath, args, env: { ...environment(), ...env } })
}
