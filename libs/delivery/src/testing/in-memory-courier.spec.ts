import { describeCourier } from './courier-contract.js';
import { InMemoryCourier } from './in-memory-courier.js';

describeCourier('InMemoryCourier', () => {
  const courier = new InMemoryCourier();
  const setDown = (isDown: boolean) => {
    courier.isDown = isDown;
    return Promise.resolve();
  };
  return Promise.resolve({
    courier,
    arrived: () => Promise.resolve(courier.accepted.map(({ body }) => body)),
    breakDown: () => setDown(true),
    repair: () => setDown(false),
    close: () => courier.stop(),
  });
});
