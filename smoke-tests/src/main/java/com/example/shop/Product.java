package com.example.shop;

import java.math.BigDecimal;

/** What the shop sells. */
record Product(long id, String name, BigDecimal price) {}
