/** Messages after RFC 4475 and what scanners send. `{line}` is where they come from, `{n}` tells them apart. */
const invite = (lines: readonly string[], body = '') => ['INVITE sip:guichet@127.0.0.1 SIP/2.0', ...lines, '', body].join('\r\n')
const via = 'Via: SIP/2.0/UDP {line};branch=z9hG4bK-{n};rport'
const from = 'From: <sip:1000@{line}>;tag={n}'
const to = 'To: <sip:guichet@127.0.0.1>'
const rest = ['Call-ID: torture-{n}', 'CSeq: 1 INVITE', 'Max-Forwards: 70', 'Contact: <sip:1000@{line}>']

export const torture: Readonly<Record<string, string>> = {
  'nothing at all': '',
  'a keep-alive': '\r\n\r\n',
  noise: Array.from({ length: 400 }, (_, i) => String.fromCharCode((i * 73) % 256)).join(''),
  'zero bytes': `INVITE sip:\u0000\u0000@x SIP/2.0\r\n${via}\r\n\r\n`,
  'no headers': 'INVITE sip:guichet@127.0.0.1 SIP/2.0\r\n\r\n',
  'no From': invite([via, to, ...rest]),
  'no Via': invite([from, to, ...rest]),
  'an unterminated quote': invite([via, from, 'To: "Mr. J. User <sip:j.user@example.com>', ...rest]),
  'a negative length': invite([via, from, to, ...rest, 'Content-Length: -999'], 'v=0'),
  'a length beyond the message': invite([via, from, to, ...rest, 'Content-Type: application/sdp', 'Content-Length: 9999'], 'v=0'),
  'numbers that overflow': invite([
    via,
    from,
    to,
    'Call-ID: torture-{n}',
    'CSeq: 36893488147419103232 INVITE',
    'Max-Forwards: 300',
    'Expires: 10000000000000',
  ]),
  'another method in CSeq': invite([via, from, to, 'Call-ID: torture-{n}', 'CSeq: 1 OPTIONS', 'Max-Forwards: 70']),
  'an unknown version': invite([via, from, to, ...rest]).replace('SIP/2.0', 'SIP/7.0'),
  'an address in brackets': invite([via, from, to, ...rest]).replace('sip:guichet@127.0.0.1', '<sip:guichet@127.0.0.1>'),
  'blanks in the request line': invite([via, from, to, ...rest]).replace('INVITE sip:guichet@127.0.0.1', 'INVITE  sip:gui chet@127.0.0.1 '),
  'folded lines and odd names': invite([
    ' via  : SIP/2.0/UDP\r\n {line};branch=z9hG4bK-{n}',
    'TO :\r\n sip:guichet@127.0.0.1 ;   tag    = 1918181833n',
    from,
    ...rest,
  ]),
  'two of each': invite([via, from, from, to, to, ...rest, ...rest]),
  'escapes that mean nothing': invite([via, 'From: <sip:%00%zz@{line}>;tag={n}', to, ...rest]),
  'a body that is no SDP': invite([via, from, to, ...rest, 'Content-Type: application/sdp', 'Content-Length: 14'], 'v=0\r\nm=audio x'),
  'a type without end': invite([via, from, to, ...rest, `Content-Type: multipart/mixed;boundary=${'x'.repeat(3_000)}`]),
  'a header of thirty thousand letters': invite([via, from, to, ...rest, `X-Long: ${'x'.repeat(30_000)}`]),
  'a thousand Vias': invite([...Array.from({ length: 500 }, () => via), from, to, ...rest]),
  'commands for a shell, a database and a log': invite([
    via,
    `From: "%s%n\`id\`'; drop table calls; --" <sip:$(id)@{line}>;tag={n}`,
    to,
    ...rest,
  ]),
  'a scanner’s OPTIONS': `OPTIONS sip:100@127.0.0.1 SIP/2.0\r\n${via}\r\n${from}\r\n${to}\r\nCall-ID: torture-{n}\r\nCSeq: 1 OPTIONS\r\nUser-Agent: friendly-scanner\r\n\r\n`,
  'a guessed REGISTER': `REGISTER sip:127.0.0.1 SIP/2.0\r\n${via}\r\nFrom: <sip:phone-alice@{line}>;tag={n}\r\nTo: <sip:phone-alice@127.0.0.1>\r\nCall-ID: torture-{n}\r\nCSeq: 1 REGISTER\r\nContact: <sip:x@{line}>\r\nAuthorization: Digest username="phone-alice", realm="guichet", nonce="x", uri="sip:x", response="${'0'.repeat(32)}"\r\n\r\n`,
  'a REFER out of the blue': `REFER sip:guichet@127.0.0.1 SIP/2.0\r\n${via}\r\n${from}\r\n${to}\r\nCall-ID: torture-{n}\r\nCSeq: 1 REFER\r\nRefer-To: <sip:0033899000000@127.0.0.1>\r\n\r\n`,
  'an answer to nothing': `SIP/2.0 200 OK\r\n${via}\r\n${from}\r\n${to};tag=x\r\nCall-ID: torture-{n}\r\nCSeq: 1 INVITE\r\n\r\n`,
}
