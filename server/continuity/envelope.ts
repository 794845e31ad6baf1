import { createCipheriv, pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

/** What a password was made into. The password itself is kept nowhere. */
export type SheetKey = { readonly salt: string; readonly iterations: number; readonly key: string }

/** OWASP's figure for PBKDF2 with SHA-256, 2023. */
const iterations = 600_000
const keyBytes = 32
const derive = promisify(pbkdf2)

export async function keyOf(password: string): Promise<SheetKey> {
  const salt = randomBytes(16)
  const key = await derive(password.normalize('NFC'), salt, iterations, keyBytes, 'sha256')
  return { salt: salt.toString('base64'), iterations, key: key.toString('base64') }
}

const style = `body{font:11pt/1.4 system-ui,sans-serif;margin:2rem;max-width:70rem;color:#111;background:#fff}table{border-collapse:collapse;width:100%}
td,th{border:1px solid #999;padding:.2rem .4rem;text-align:left;vertical-align:top}tr{break-inside:avoid}input,button{font:inherit;padding:.4rem}
@media print{form{display:none}body{margin:0;font-size:9pt}}`

/** Runs where the file is opened, by the browser's own cryptography: nothing of ours is needed, and no network. */
const opener = `const $=s=>document.querySelector(s),bytes=t=>Uint8Array.from(atob(t),c=>c.charCodeAt(0));
$('form').addEventListener('submit',async e=>{e.preventDefault();$('#said').textContent='…';
try{const d=JSON.parse($('#sealed').textContent),enc=new TextEncoder().encode($('input').value.normalize('NFC'));
const base=await crypto.subtle.importKey('raw',enc,'PBKDF2',false,['deriveKey']);
const key=await crypto.subtle.deriveKey({name:'PBKDF2',hash:'SHA-256',salt:bytes(d.salt),iterations:d.iterations},base,{name:'AES-GCM',length:256},false,['decrypt']);
const text=await crypto.subtle.decrypt({name:'AES-GCM',iv:bytes(d.iv)},key,bytes(d.text));
$('main').innerHTML=new TextDecoder().decode(text);$('form').hidden=true;$('#said').textContent=''}
catch{$('#said').textContent='Ce mot de passe n’ouvre pas cette feuille.'}})`

/**
 * One HTML file that opens itself, given the password, in any browser and without a network: AES-256-GCM.
 * @param html what is sealed; its texts already escaped
 * @param at shown outside, so that the newest of several copies is known without opening them
 */
export function seal(html: string, { salt, iterations: rounds, key }: SheetKey, at: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), iv)
  // The browser expects the tag behind the text.
  const text = Buffer.concat([cipher.update(html, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64')
  const sealed = JSON.stringify({ salt, iterations: rounds, iv: iv.toString('base64'), text })
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Feuille de continuité, ${at}</title><style>${style}</style></head>
<body><form><p>Feuille de continuité du ${at}. Elle s’ouvre sans réseau ; elle s’imprime une fois ouverte.</p>
<label>Mot de passe <input type="password" autocomplete="off" autofocus required></label> <button>Ouvrir</button></form>
<p id="said" role="status"></p><main></main><script type="application/json" id="sealed">${sealed}</script><script>${opener}</script></body></html>
`
}
