export { InMemoryDistributionStore, type StoredRow } from './in-memory-distribution-store.js';
export { InMemoryCourier } from './in-memory-courier.js';
export { InMemoryMonitorStore } from './in-memory-monitor-store.js';
export { anOutboundMessage } from './an-outbound-message.js';
export { type DistributionStoreHarness, describeDistributionStore } from './distribution-store-contract.js';
export { type CourierHarness, describeCourier } from './courier-contract.js';
export { type MonitorStoreHarness, describeMonitorStore } from './monitor-store-contract.js';
