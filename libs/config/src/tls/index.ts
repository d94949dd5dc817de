export { LastGood, type TlsFileEvent } from './last-good.js';
export { readAuthorities } from './read-authorities.js';
export {
  type ClientCertificate,
  clientCertificateFaults,
  type ClientCertificateFiles,
  readClientCertificate,
} from './read-client-certificate.js';
