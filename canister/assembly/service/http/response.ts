/** Responses of HTTP, and the hash by which they are certified (HTTP gateway protocol specification, version 2). */
import { HttpHeader, HttpResponse } from '../../ic/candid/service.generated';
import { Blob, Text } from '../../ic/candid/values';
import { sha256 } from '../../storage/sha256';
import { compare, concat, utf8 } from './bytes';

/** Names of headers are in lower case everywhere here. */
@final
export class Header {
  constructor(
    readonly name: string,
    readonly value: string,
  ) {}
}

function hash(bytes: ArrayBuffer): ArrayBuffer {
  return sha256(changetype<usize>(bytes), bytes.byteLength);
}

/** A number as LEB128. */
function leb(value: u32): ArrayBuffer {
  const bytes = new ArrayBuffer(value < 128 ? 1 : 2);
  store<u8>(changetype<usize>(bytes), <u8>(value < 128 ? value : (value & 127) | 128));
  if (value >= 128) store<u8>(changetype<usize>(bytes), <u8>(value >> 7), 1);
  return bytes;
}


@final
export class Response {
  constructor(
    readonly status: u16,
    readonly headers: Header[],
    readonly body: ArrayBuffer,
  ) {}

  /** The response without its body, for HEAD. */
  get bare(): Response {
    return new Response(this.status, this.headers, new ArrayBuffer(0));
  }

  /** The response with additional headers. */
  with(headers: Header[]): Response {
    return new Response(this.status, this.headers.concat(headers), this.body);
  }

  /** The hash of status, headers (except the certificate, which is added later) and body. */
  get hash(): ArrayBuffer {
    const pairs: ArrayBuffer[] = [concat([hash(utf8(':ic-cert-status')), hash(leb(this.status))])];
    for (let i = 0; i < this.headers.length; ++i) {
      const header = this.headers[i];
      pairs.push(concat([hash(utf8(header.name)), hash(utf8(header.value))]));
    }
    pairs.sort(compare);
    return hash(concat([hash(concat(pairs)), hash(this.body)]));
  }

  toWire(): HttpResponse {
    const response = new HttpResponse();
    response.status_code = this.status;
    for (let i = 0; i < this.headers.length; ++i) {
      const header = new HttpHeader();
      header._0_ = Text.of(this.headers[i].name);
      header._1_ = Text.of(this.headers[i].value);
      response.headers.push(header);
    }
    response.body = new Blob(changetype<usize>(this.body), this.body.byteLength);
    return response;
  }
}
