/** A browser's name as its owner would say it, and nothing more of what it tells about itself. */

const BROWSERS = [
  [/MicroMessenger\//, '微信'],
  [/AlipayClient\//, '支付宝'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const
const SYSTEMS = [
  [/HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const

const first = (kinds: readonly (readonly [RegExp, string])[], text: string) =>
  kinds.find(([form]) => form.test(text))?.[1]

export function browserName(userAgent: string | undefined): string {
  const text = (userAgent ?? '').slice(0, 400)
  const parts = [first(BROWSERS, text), first(SYSTEMS, text)].filter((part) => part !== undefined)
  return parts.join(', ') || '浏览器'
}
