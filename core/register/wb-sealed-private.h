/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register-private.h"
#include "wb-sealed.h"

G_BEGIN_DECLS

#define WB_RULE_SEALED_READER "sealed-reader"

/* The record whose fields are made ready for the log. */
typedef struct {
  WbRegister *reg;
  const char *type, *id;
  const char *case_id; /* (nullable) */
  gboolean widened;    /* somebody will be able to open what they could not before */
} WbSealing;

gboolean wb_sealed_is (JsonNode *value); /* as the log holds one; (nullable) */
/* (transfer full) (nullable): NULL where it is for others, or damaged */
JsonNode *wb_sealed_open (WbRegister *reg, JsonNode *value);
/* What is kept apart of a record: {"field": value}; empty where there is nothing. */
JsonObject *wb_sealed_load_apart (WbRegister *reg, const char *id, GError **error);
/* @ret_value: (transfer full) (nullable): NULL where @given goes in the clear */
gboolean wb_sealed_prepare (WbSealing *self,
                            const WbField *field,
                            JsonNode *given,
                            JsonNode **ret_value,
                            GError **error);

G_END_DECLS
