CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT, zone TEXT, birthday TEXT);
CREATE TABLE purchases (
  id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customers, bought_on TEXT NOT NULL, article TEXT NOT NULL
);
CREATE VIEW events AS SELECT id, customer, 'purchase' AS kind, bought_on AS at FROM purchases;
INSERT INTO customers VALUES
  (1, 'Aoife O''Brien', 'aoife@example.org', 'Europe/Dublin', '1988-11-30'),
  (2, 'Bolt & Sons <Haulage>', 'office@example.com', NULL, NULL),
  (3, 'Jürgen Weiß', 'juergen@example.net', 'Europe/Berlin', '1979-12-02'),
  (4, 'Inês Simões', NULL, 'Atlantic/Azores', '1996-02-29'),
  (5, 'Rahul Iyer', 'rahul@example.org', 'Asia/Kolkata', '2001-11-24');
INSERT INTO purchases VALUES
  (1, 1, '2026-11-22', 'winter wheels'), (2, 2, '2026-11-23', 'roof box'), (3, 4, '2026-11-23', 'awning'),
  (4, 3, '2026-11-27', 'cycle carrier'), (5, 5, '2026-11-30', 'mats');
