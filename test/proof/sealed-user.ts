/** Jiangsu's user data (contract 3.3): hex of AES in ECB, under the word of the application. */
import { createCipheriv, createDecipheriv } from 'node:crypto'

const CIPHER = 'aes-128-ecb'
/** `jis.appword` of the contract's own configuration. All keys of it are fake. */
const WORD = 'FAKEAPPWORD12345'

export function unsealed(hex: string): Record<string, string> {
  const decipher = createDecipheriv(CIPHER, WORD, null)
  return JSON.parse(decipher.update(hex, 'hex', 'utf8') + decipher.final('utf8'))
}

export function sealed(user: Readonly<Record<string, string>>): string {
  const cipher = createCipheriv(CIPHER, WORD, null)
  return cipher.update(JSON.stringify(user), 'utf8', 'hex') + cipher.final('hex')
}
