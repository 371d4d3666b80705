/** Whom readers of the API's description may play: systems with clients of their own, and people with an account in Shanghai. */
import { portrait } from './pictures.ts'

const APP = 'sandbox-app'

export const GUESTS = {
  clients: ['sandbox-shanghai', 'sandbox-anhui', 'sandbox-hotel'],
  accounts: [
    { id: 'person', name: { zh: '测试通 (本人)', en: 'Ce Shi Tong (a person)' }, account: 'np8' },
    { id: 'friend', name: { zh: '测试甲 (另一人)', en: 'Ce Shi Jia (another person)' }, account: 'np1' },
    { id: 'child', name: { zh: '测试童 (未满十四岁)', en: 'Ce Shi Tong Er (a child)' }, account: 'np10' },
  ].map((one) => ({ ...one, region: 'shanghai' as const, app: APP })),
  picture: new Uint8Array(portrait(1).bytes),
}
