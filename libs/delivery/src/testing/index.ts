export { InMemoryDistributionStore, type StoredRow } from './in-memory-distribution-store.js';
export { InMemoryCourier } from './in-memory-courier.js';
export { anOutboundMessage } from './an-outbound-message.js';
export { type DistributionStoreHarness, describeDistributionStore } from './distribution-store-contract.js';
export { type CourierHarness, describeCourier } from './courier-contract.js';
