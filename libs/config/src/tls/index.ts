export { clientCertificateFaults } from './client-certificate-faults.js';
export { LastGood, type TlsFileEvent } from './last-good.js';
export { readAuthorities } from './read-authorities.js';
export {
  type ClientCertificate,
  type ClientCertificateFiles,
  readClientCertificate,
} from './read-client-certificate.js';
