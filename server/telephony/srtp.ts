/** Encryption of sound (SRTP, keys in the SDP): not spoken of, taken when the other end does it too, or no call without. */
export type Srtp = 'off' | 'offered' | 'required'

/** What an endpoint of Asterisk is told. */
export function srtpFields(srtp: Srtp): { readonly media_encryption: string; readonly media_encryption_optimistic: string } {
  return { media_encryption: srtp === 'off' ? 'no' : 'sdes', media_encryption_optimistic: srtp === 'offered' ? 'yes' : 'no' }
}
