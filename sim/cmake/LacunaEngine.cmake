# SPDX-License-Identifier: Apache-2.0
# An engine's Verilated configurations and the table of them in C++, from its configurations.json.

# lacuna_engine_model(ENGINE e NAME name TARGET library TOP top FILES f... PARAMETERS Name=value... [DEFINITIONS d...] [LARGE])
# Adds the Verilated engine and its adapter, sim/<e>/verilated_model.cpp, to the library; the factory is lacuna::sim::make_<e>_<name>(seed).
# LARGE: without waves, whose code takes longer to compile than the engine's.
function(lacuna_engine_model)
  cmake_parse_arguments(arg "LARGE" "ENGINE;NAME;TARGET;TOP" "FILES;PARAMETERS;DEFINITIONS" ${ARGN})
  set(waves 1)
  set(large "")
  if(arg_LARGE)
    set(waves 0)
    set(large LARGE)
  endif()
  set(name ${arg_ENGINE}_${arg_NAME})
  set(adapter ${arg_ENGINE}_model_${arg_NAME})
  lacuna_verilate(NAME ${name} TOP ${arg_TOP} FILES ${arg_FILES} PARAMETERS ${arg_PARAMETERS} ${large})
  add_library(${adapter} OBJECT "${PROJECT_SOURCE_DIR}/sim/${arg_ENGINE}/verilated_model.cpp")
  target_compile_definitions(${adapter} PRIVATE
    LACUNA_MODEL=V${name} LACUNA_MODEL_HEADER="V${name}.h" LACUNA_FACTORY=make_${name} LACUNA_WAVES=${waves} ${arg_DEFINITIONS})
  target_link_libraries(${adapter} PRIVATE lacuna::golden rtl_${name})
  add_dependencies(${adapter} rtl_${name})
  target_sources(${arg_TARGET} PRIVATE $<TARGET_OBJECTS:${adapter}> $<TARGET_OBJECTS:rtl_${name}>)
endfunction()

# lacuna_fault_wrappers(FILES_VARIABLE FOLDER module:port:site...): in the list of RTL files each module that the list has becomes the same
# with a generated wrapper around it, which flips bits of the port (fault_wrapper.cmake).
function(lacuna_fault_wrappers variable folder)
  set(files "${${variable}}")
  foreach(site IN LISTS ARGN)
    string(REPLACE ":" ";" site "${site}")
    list(GET site 0 module)
    list(GET site 1 port)
    list(GET site 2 number)
    set(rtl "${files}")
    list(FILTER rtl INCLUDE REGEX "/${module}\\.v$")
    if(NOT rtl)
      continue()
    endif()
    set(wrapped "${folder}/${module}_faultless.v" "${folder}/${module}.sv")
    add_custom_command(OUTPUT ${wrapped}
      COMMAND ${CMAKE_COMMAND} -DRTL=${rtl} -DPORT=${port} -DSITE=${number} -DOUT=${folder} -P "${LACUNA_VERILATE_DIR}/fault_wrapper.cmake"
      DEPENDS "${rtl}" "${LACUNA_VERILATE_DIR}/fault_wrapper.cmake" COMMENT "Wrapping ${module} for faults" VERBATIM)
    list(REMOVE_ITEM files "${rtl}")
    list(APPEND files ${wrapped})
  endforeach()
  set(${variable} "${files}" PARENT_SCOPE)
endfunction()

# lacuna_engine_table(ENGINE e TYPE T FIELDS f... [TRUTHS f...] [DEFAULTS f=value...] [DEFINES f=MACRO...] [FAULTS module:port:site...]
#                     SIZE f... LARGE_FROM n)
# Reads configurations.json of the folder: one Verilated model for each entry in the library lacuna_<e>_models, and the table
# <e>_configurations.inc of all entries as <T>Configuration. FIELDS are those of golden's engine behind its top, in order, by the RTL's names;
# an entry gives as parameters those that it has, the table the DEFAULTS of the others. TRUTHS are bool. DEFINES are no parameters but
# macros of the adapter. An entry whose SIZE, a product of fields, is LARGE_FROM or more is LARGE. One with Faults = 1 is built a second time
# with the FAULTS' wrappers, as make_faulty.
function(lacuna_engine_table)
  cmake_parse_arguments(arg "" "ENGINE;TYPE;LARGE_FROM" "FIELDS;TRUTHS;DEFAULTS;DEFINES;FAULTS;SIZE" ${ARGN})
  set(engine ${arg_ENGINE})
  foreach(pair IN LISTS arg_DEFAULTS)
    string(REGEX MATCH "^([^=]+)=(.*)$" pair "${pair}")
    set(default_${CMAKE_MATCH_1} ${CMAKE_MATCH_2})
  endforeach()
  foreach(pair IN LISTS arg_DEFINES)
    string(REGEX MATCH "^([^=]+)=(.*)$" pair "${pair}")
    set(macro_${CMAKE_MATCH_1} ${CMAKE_MATCH_2})
  endforeach()
  set(table "${CMAKE_CURRENT_SOURCE_DIR}/configurations.json")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${table}")
  file(READ "${table}" json)
  set(library lacuna_${engine}_models)
  add_library(${library} STATIC)
  # Models call back into lacuna_sim (faults), which holds the table of them.
  target_link_libraries(${library} PUBLIC lacuna_verilated_runtime INTERFACE lacuna_sim)

  set(declarations "")
  set(entries "")
  string(JSON count LENGTH "${json}")
  math(EXPR last "${count} - 1")
  foreach(index RANGE ${last})
    string(JSON name MEMBER "${json}" ${index})
    string(JSON top GET "${json}" ${name} Top)
    lacuna_rtl_files(files "${PROJECT_SOURCE_DIR}/rtl/${engine}/${top}.f")
    set(values "")
    set(parameters "")
    set(definitions "")
    foreach(field IN LISTS arg_FIELDS)
      string(JSON value ERROR_VARIABLE missing GET "${json}" ${name} ${field})
      if(missing)
        set(value ${default_${field}})
      elseif(NOT DEFINED macro_${field})
        list(APPEND parameters ${field}=${value})
      endif()
      if(DEFINED macro_${field})
        list(APPEND definitions ${macro_${field}}=${value})
      endif()
      set(value_${field} ${value})
      if(field IN_LIST arg_TRUTHS)
        set(value "${value} != 0")
      endif()
      string(APPEND values ", ${value}")
    endforeach()
    set(size 1)
    foreach(field IN LISTS arg_SIZE)
      math(EXPR size "${size} * ${value_${field}}")
    endforeach()
    set(large "")
    if(size GREATER_EQUAL arg_LARGE_FROM)
      set(large LARGE)
    endif()
    lacuna_engine_model(ENGINE ${engine} NAME ${name} TARGET ${library} TOP ${top} FILES ${files} PARAMETERS ${parameters}
      DEFINITIONS ${definitions} ${large})
    string(APPEND declarations "std::unique_ptr<${arg_TYPE}Model> make_${engine}_${name}(std::uint64_t seed);\n")
    set(factories "&make_${engine}_${name}")
    string(JSON faults ERROR_VARIABLE missing GET "${json}" ${name} Faults)
    if(faults)
      lacuna_fault_wrappers(files "${CMAKE_CURRENT_BINARY_DIR}/${name}" ${arg_FAULTS})
      lacuna_engine_model(ENGINE ${engine} NAME ${name}_faulty TARGET ${library} TOP ${top} FILES ${files} PARAMETERS ${parameters}
        DEFINITIONS ${definitions} ${large})
      string(APPEND declarations "std::unique_ptr<${arg_TYPE}Model> make_${engine}_${name}_faulty(std::uint64_t seed);\n")
      string(APPEND factories ", &make_${engine}_${name}_faulty")
    endif()
    string(APPEND entries "      {\"${name}\", {\"${top}\"${values}}, ${factories}},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${engine}_configurations.inc @ONLY CONTENT
"@declarations@
const std::vector<@arg_TYPE@Configuration>& @engine@_configurations() {
  static const std::vector<@arg_TYPE@Configuration> all{
@entries@  };
  return all;
}
")
  target_include_directories(lacuna_sim PRIVATE "${CMAKE_CURRENT_BINARY_DIR}")
  target_link_libraries(lacuna_sim PRIVATE ${library})
endfunction()
