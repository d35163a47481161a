/* SPDX-License-Identifier: Apache-2.0 */
/* Generated from rtl/shell/registers.toml by generate_registers; `ninja registers` writes it anew. */
/* The shell's registers, for C and C++: byte offsets, and masks and shifts of fields. */
/* clang-format off */
#ifndef LACUNA_SIM_SHELL_REGISTERS_H
#define LACUNA_SIM_SHELL_REGISTERS_H

/* "LACU": there is a shell */
#define LAC_SHELL_ID 0x000u
#define LAC_SHELL_ID_VALUE 0x4c414355u

/* Version of this table: major in bits 31:16, minor in 15:0 */
#define LAC_SHELL_VERSION 0x004u
#define LAC_SHELL_VERSION_VALUE 0x00010000u

/* What is in the shell */
#define LAC_SHELL_ENGINE 0x008u
#define LAC_SHELL_ENGINE_KIND 0xfu
#define LAC_SHELL_ENGINE_KIND_SHIFT 0
#define LAC_SHELL_ENGINE_CLASS_COUNT 0xf0u
#define LAC_SHELL_ENGINE_CLASS_COUNT_SHIFT 4
#define LAC_SHELL_ENGINE_CONFIG_WORDS 0xff00u
#define LAC_SHELL_ENGINE_CONFIG_WORDS_SHIFT 8

/* Sizes in bytes */
#define LAC_SHELL_GEOMETRY 0x00cu
#define LAC_SHELL_GEOMETRY_BUS 0xffu
#define LAC_SHELL_GEOMETRY_BUS_SHIFT 0
#define LAC_SHELL_GEOMETRY_STREAM 0xff00u
#define LAC_SHELL_GEOMETRY_STREAM_SHIFT 8
#define LAC_SHELL_GEOMETRY_RECORD 0xffff0000u
#define LAC_SHELL_GEOMETRY_RECORD_SHIFT 16

/* Commands. Start and load are refused with error command unless status idle is set and error is not, or when both come in one write; a clear in the same write goes before either */
#define LAC_SHELL_CONTROL 0x010u
#define LAC_SHELL_CONTROL_START 0x1u
#define LAC_SHELL_CONTROL_START_SHIFT 0
#define LAC_SHELL_CONTROL_LOAD 0x2u
#define LAC_SHELL_CONTROL_LOAD_SHIFT 1
#define LAC_SHELL_CONTROL_CLEAR 0x4u
#define LAC_SHELL_CONTROL_CLEAR_SHIFT 2

/* What the shell does */
#define LAC_SHELL_STATUS 0x014u
#define LAC_SHELL_STATUS_IDLE 0x1u
#define LAC_SHELL_STATUS_IDLE_SHIFT 0
#define LAC_SHELL_STATUS_RUNNING 0x2u
#define LAC_SHELL_STATUS_RUNNING_SHIFT 1
#define LAC_SHELL_STATUS_LOADING 0x4u
#define LAC_SHELL_STATUS_LOADING_SHIFT 2
#define LAC_SHELL_STATUS_CLEARING 0x8u
#define LAC_SHELL_STATUS_CLEARING_SHIFT 3
#define LAC_SHELL_STATUS_FAULT 0x10u
#define LAC_SHELL_STATUS_FAULT_SHIFT 4
#define LAC_SHELL_STATUS_DROPPING 0x20u
#define LAC_SHELL_STATUS_DROPPING_SHIFT 5
#define LAC_SHELL_STATUS_ERROR 0x40u
#define LAC_SHELL_STATUS_ERROR_SHIFT 6

/* Which bits of interrupt_status raise irq_o */
#define LAC_SHELL_INTERRUPT_ENABLE 0x018u
#define LAC_SHELL_INTERRUPT_ENABLE_DONE 0x1u
#define LAC_SHELL_INTERRUPT_ENABLE_DONE_SHIFT 0
#define LAC_SHELL_INTERRUPT_ENABLE_LOADED 0x2u
#define LAC_SHELL_INTERRUPT_ENABLE_LOADED_SHIFT 1
#define LAC_SHELL_INTERRUPT_ENABLE_ERROR 0x4u
#define LAC_SHELL_INTERRUPT_ENABLE_ERROR_SHIFT 2

/* What has happened */
#define LAC_SHELL_INTERRUPT_STATUS 0x01cu
#define LAC_SHELL_INTERRUPT_STATUS_DONE 0x1u
#define LAC_SHELL_INTERRUPT_STATUS_DONE_SHIFT 0
#define LAC_SHELL_INTERRUPT_STATUS_LOADED 0x2u
#define LAC_SHELL_INTERRUPT_STATUS_LOADED_SHIFT 1
#define LAC_SHELL_INTERRUPT_STATUS_ERROR 0x4u
#define LAC_SHELL_INTERRUPT_STATUS_ERROR_SHIFT 2

/* What went wrong */
#define LAC_SHELL_ERROR_STATUS 0x020u
#define LAC_SHELL_ERROR_STATUS_CONFIG 0x1u
#define LAC_SHELL_ERROR_STATUS_CONFIG_SHIFT 0
#define LAC_SHELL_ERROR_STATUS_LOAD 0x2u
#define LAC_SHELL_ERROR_STATUS_LOAD_SHIFT 1
#define LAC_SHELL_ERROR_STATUS_COMMAND 0x4u
#define LAC_SHELL_ERROR_STATUS_COMMAND_SHIFT 2
#define LAC_SHELL_ERROR_STATUS_PACKET 0x8u
#define LAC_SHELL_ERROR_STATUS_PACKET_SHIFT 3
#define LAC_SHELL_ERROR_STATUS_SLAVE 0x10u
#define LAC_SHELL_ERROR_STATUS_SLAVE_SHIFT 4
#define LAC_SHELL_ERROR_STATUS_DECODE 0x20u
#define LAC_SHELL_ERROR_STATUS_DECODE_SHIFT 5
#define LAC_SHELL_ERROR_STATUS_LAST 0x40u
#define LAC_SHELL_ERROR_STATUS_LAST_SHIFT 6

/* Byte address of the first beat that failed (slave, decode or last) since error_status had none of them */
#define LAC_SHELL_ERROR_ADDRESS 0x024u

/* Byte address of the records of a load, a multiple of the bus */
#define LAC_SHELL_LOAD_ADDRESS 0x028u

/* Bytes of the records of a load */
#define LAC_SHELL_LOAD_BYTES 0x02cu

/* lstm: byte address of the weights, a multiple of the bus */
#define LAC_SHELL_WEIGHT_BASE 0x030u

/* Steps (lstm: the longest length) or images (fc, sc) of a run */
#define LAC_SHELL_COUNT 0x034u

/* Cycles of the run that is on, or of the last: [0] all, low word, [1] high word; [2 n], [2 n + 1] those of class n */
#define LAC_SHELL_CYCLES(n) (0x040u + 4u * (n))
#define LAC_SHELL_CYCLES_COUNT 12u

/* Configuration of the engine, constant during a run (docs/shell.md, "Configuration") */
#define LAC_SHELL_CONFIG(n) (0x080u + 4u * (n))
#define LAC_SHELL_CONFIG_COUNT 24u

/* Engine kinds */
#define LAC_SHELL_ENGINE_LSTM 1u
#define LAC_SHELL_ENGINE_FC 2u
#define LAC_SHELL_ENGINE_SC 3u

/* First word of a record: target, group (or bank), index */
#define LAC_SHELL_RECORD_TARGET_SHIFT 28u
#define LAC_SHELL_RECORD_GROUP_SHIFT 16u
#define LAC_SHELL_RECORD_INDEX_SHIFT 0u

/* Targets of records */
#define LAC_SHELL_TARGET_LSTM_PARAM 0u
#define LAC_SHELL_TARGET_FC_SEED 0u
#define LAC_SHELL_TARGET_FC_WEIGHT 1u
#define LAC_SHELL_TARGET_FC_PARAM 2u
#define LAC_SHELL_TARGET_SC_CODE 0u
#define LAC_SHELL_TARGET_SC_SEED 8u

/* Numbers of words of `config` */
#define LAC_SHELL_CONFIG_LSTM_SIZE 0u
#define LAC_SHELL_CONFIG_LSTM_WORDS 1u
#define LAC_SHELL_CONFIG_LSTM_STRIDE 2u
#define LAC_SHELL_CONFIG_LSTM_SPAN 3u
#define LAC_SHELL_CONFIG_LSTM_FORMAT 4u
#define LAC_SHELL_CONFIG_LSTM_LENGTHS 5u
#define LAC_SHELL_CONFIG_FC_LAST_INPUT 0u
#define LAC_SHELL_CONFIG_FC_LAST_BEAT 1u
#define LAC_SHELL_CONFIG_FC_THRESHOLD 2u
#define LAC_SHELL_CONFIG_FC_FORMAT 3u
#define LAC_SHELL_CONFIG_SC_LAST 0u
#define LAC_SHELL_CONFIG_SC_STATES1 1u
#define LAC_SHELL_CONFIG_SC_STATES2 2u

#endif
